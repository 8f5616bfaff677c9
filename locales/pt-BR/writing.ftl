# Uma conversa que nós começamos
begin = Nova conversa
begin-no-inbox = Ainda não há caixa de e-mail de onde você possa escrever.
begin-find = Buscar contato
begin-find-hint = Três letras do nome ou do endereço, ou escreva um endereço abaixo.
begin-write = Escrever para { $address }
begin-search = Buscar
begin-inbox = De
begin-inbox-line = { $name }, { $address }
begin-subject = Assunto
begin-text = Mensagem
begin-to-wrong = Escreva o endereço de quem recebe.
begin-subject-long = O assunto é longo demais. Cabem até 200 caracteres.
begin-file-too-large = Um arquivo é grande demais. Seu texto está guardado; escolha os arquivos de novo.

# Rascunhos
row-draft = rascunho
draft-saved = Rascunho salvo
draft-aside = Em outra janela você tinha escrito:
draft-take = Juntar a este texto
draft-drop = Não precisa
passed =
    { $n ->
        [one] 1 mensagem nova desde que você começou a escrever
       *[other] { $n } mensagens novas desde que você começou a escrever
    }
passed-see = Ver

# Quem está aqui
presence-writes =
    { $n ->
        [one] { $names } está escrevendo aqui agora
       *[other] { $names } estão escrevendo aqui agora
    }
presence-looks =
    { $n ->
        [one] { $names } também está vendo esta conversa
       *[other] { $names } também estão vendo esta conversa
    }

# Respostas que esperam
undo-title = Envio
undo-switch = As respostas esperam 10 segundos antes de sair
undo-hint = Até lá dá para desfazer: texto, arquivos e destinatários voltam para a caixa de resposta.
undo-saved = Escolha salva
keys-undo = Desfazer o envio
send-later = Enviar depois
send-at = Agendar
leaving-too-far = Este dia está longe demais. Escolha um no próximo ano.
waiting-label = Resposta de { $name } que ainda não saiu
waiting-moment = Sai em instantes
waiting-moment-by = Sai em instantes, por { $by }
waiting-until = Sai { $when }
waiting-until-by = Sai { $when }, por { $by }
waiting-failed = Não saiu.
waiting-writer-gone = Quem escreveu não tem mais acesso. Envie você ou cancele.
waiting-overtaken = Escreveram depois disto. Veja se ainda serve.
waiting-edit = Mudar
waiting-now = Enviar agora
waiting-cancel = Cancelar
taken-back = Nada foi enviado: o texto voltou para onde você escreve.
departure-canceled = Não sai mais. O texto ficou como rascunho.
departed = A resposta está a caminho.
conflict-waiting-gone = Esta resposta já saiu, ou alguém a desfez.

# Limites de um canal
composer-over-unit = O texto tem { $n } de { $max } unidades; este canal conta acentos e símbolos como mais de uma. Encurte o texto.
message-window-closed = Não foi enviada. Faz tempo demais que o contato escreveu para este canal. O que você escreveu fica guardado; dá para enviar quando ele escrever de novo.
message-file-over = Não foi enviada. Um arquivo é grande demais para esta caixa. Envie um menor; seu texto está guardado.
strip-window =
    { $n ->
        [one] Passou mais de 1 hora desde a última mensagem do contato; este canal não aceita respostas depois disso.
       *[other] Passaram mais de { $n } horas desde a última mensagem do contato; este canal não aceita respostas depois disso.
    }
strip-window-first = O contato ainda não escreveu aqui; este canal não aceita mensagens antes disso.
strip-window-opens = Quando escreverem, dá para responder de novo. Anotações podem ser escritas, e o que você digitou fica guardado.
strip-window-outside = Continuar em { $inbox }

# Imagens que não vieram
images-missing =
    { $n ->
        [one] 1 imagem não pôde ser carregada.
       *[other] { $n } imagens não puderam ser carregadas.
    }
