# Lista
list-pane = Lista de conversas
list-search = Buscar nas conversas
list-search-hint = Pessoa, assunto, texto
list-clear-search = Limpar busca
list-sections = Seções
list-more = Mostrar mais
list-arrived =
    { $n ->
        [one] 1 conversa nova
       *[other] { $n } conversas novas
    }
list-arrived-many = { $n } conversas novas
list-nothing-found = Nada encontrado para "{ $query }".
list-empty-unassigned = Nada sem dono agora.
list-empty-mine = Nada com você agora.
list-empty-others = Nada com outras pessoas agora.
list-empty-closed = Nenhuma conversa encerrada.
pane-see-unassigned = Ver as conversas sem dono
list-see-unassigned =
    { $n ->
        [one] Ver a conversa sem dono
       *[other] Ver as { $n } sem dono
    }
list-see-mine =
    { $n ->
        [one] Ver a sua conversa
       *[other] Ver as suas { $n }
    }
section-unassigned = Sem dono
section-mine = Minhas
section-others = De outros
section-closed = Encerradas
row-new =
    { $n ->
        [one] nova
       *[other] novas
    }
row-waiting = lida, sem resposta
next-conversation = Próxima: { $name }
row-queued = na fila:
row-sending = enviando:
row-sent = enviada:
row-delivered = entregue:
row-read = lida pelo contato:
row-failed = não enviada:
row-uncertain = não sabemos se chegou:
channel-email = E-mail
channel-other = Mensagem
contact-nameless = Sem nome
contact-number = Contato nº { $number }
conversation-untitled = Sem assunto

# Nada aberto
pane-first-title = Nenhuma caixa ligada ainda
pane-first = Comece pelo seu e-mail; leva 2 minutos.
pane-first-action = Conectar caixa
pane-no-inbox-title = Nenhuma caixa para você ainda
pane-no-inbox = Quando uma caixa de entrada for ligada ou liberada para você, as conversas aparecem aqui.
pane-done-title = Todos os recados respondidos
pane-done = Quando alguém escrever, aparece aqui.
pane-choose-title = Escolha uma conversa
pane-choose = Há quem espere por uma resposta.

# Cabeçalho
head-line = { $name }, em { $inbox }
head-line-email = { $name }, por e-mail em { $address }
head-back = Voltar para a lista
head-more = Mais ações
assign-nobody = Sem dono
assign-you = Com você
assign-person = Com { $name }
assign-me = Você
assign-take = Ficar comigo
assign-take-title = Ficar com esta conversa
assign-to-nobody = Desatribuir
assign-other = Atribuir a outra pessoa
assign-away = indisponível
assign-hint = Quem está indisponível não recebe conversas novas.
assigned-you = Agora a conversa está com você.
assigned-other = Conversa passada adiante
assigned-nobody = Agora a conversa está sem dono.
close-conversation = Encerrar
close-title = Encerrar conversa
closed = Conversa encerrada
reopen = Reabrir
reopen-title = Reabrir conversa
reopened = Conversa reaberta
undo = Desfazer
mark-unread = Marcar como não lida
marked-unread = Marcada como não lida

# Mensagens
talk-pane = Conversa
talk-label = Conversa com { $name }
talk-messages = Mensagens
talk-older =
    { $n ->
        [one] 1 mensagem anterior
       *[other] { $n } mensagens anteriores
    }
talk-news = Novas
talk-linked = Continua de uma conversa anterior
talk-arrived =
    { $n ->
        [one] 1 mensagem nova
       *[other] { $n } mensagens novas
    }
talk-arrived-many = { $n } mensagens novas
message-label = { $name }, { $time }
message-to = para { $to }
message-copy = cópia para { $cc }
message-to-copy = para { $to }, cópia para { $cc }
message-from = { $from }, { $way }
message-frame = Mensagem de { $name }
message-quoted = Ver o e-mail anterior
message-quoted-frame = E-mail anterior
message-unfamiliar = Este endereço ainda não tinha aparecido nesta conversa: { $address }. Confira antes de confiar. As respostas não vão para ele.
message-unreadable = Não deu para ler este e-mail. O original está guardado.
message-oversize = Este e-mail tem { $size } e passa do limite. Aqui está só o começo do texto; o original está guardado.
message-remote-images =
    { $n ->
        [one] 1 imagem de fora não foi carregada, para quem enviou não saber que você leu.
       *[other] { $n } imagens de fora não foram carregadas, para quem enviou não saber que você leu.
    }
message-resent = Pode ter sido enviada duas vezes.
message-long = Este texto tem { $size }. Aqui está só o começo.
message-whole = Ver o texto inteiro
message-original = Baixar o original
automatic-auto-reply = Resposta automática
automatic-bulk = E-mail em massa
automatic-list = Lista de e-mails
automatic-bounce = Aviso de não entrega
automatic-loop = E-mail que voltou para a própria caixa
automatic-other = E-mail automático
note-by = { $name }, só para a equipe
file-nameless = sem nome
fact-took = { $by } ficou com a conversa
fact-assigned = { $by } passou para { $to }
fact-assigned-alone = Passou para { $to }
fact-unassigned = { $by } deixou sem dono
fact-unassigned-alone = Ficou sem dono
fact-released = { $by } tirou o acesso de { $who }; a conversa voltou para Sem dono
fact-released-alone = Voltou para Sem dono: { $who } não tem mais acesso
fact-closed = Encerrada por { $by }
fact-closed-alone = Encerrada
fact-reopened = Reaberta por { $by }
fact-reopened-alone = Reaberta por uma mensagem nova

# Envio
delivery-queued = Na fila
delivery-sending = Enviando
delivery-sent = enviada
delivery-delivered = Entregue às { $time }
delivery-read = Lida às { $time }
delivery-failed = Não foi entregue.
delivery-uncertain = Não sabemos se chegou. Enviar de novo pode repetir.
delivery-detail = Ver detalhe
delivery-no-server = O servidor de e-mail desta caixa não respondeu. Confira o endereço dele e tente de novo.
delivery-private-server = O servidor de e-mail desta caixa fica numa rede que não é permitida aqui. Use outro servidor.
delivery-tls = A conexão segura com o servidor de e-mail falhou. Confira o certificado dele.
delivery-no-starttls = O servidor de e-mail não oferece conexão segura. Ative a segurança dele ou use outro.
delivery-sign-in = O servidor de e-mail não aceitou o usuário e a senha desta caixa. Corrija e tente de novo.
delivery-refused-address = Este endereço não foi aceito. Confira se está certo.
delivery-no-utf8 = O servidor de e-mail não aceita acentos em endereços. Use um endereço sem acento.
delivery-refused-sender = O servidor de e-mail não deixa esta caixa enviar. Fale com quem cuida dele.
delivery-refused = O servidor de e-mail recusou a mensagem.
delivery-later = O servidor de e-mail pediu para esperar. Tentamos de novo sozinhos.
delivery-unsure = A conexão caiu antes da confirmação do servidor de e-mail.
delivery-no-answer = O servidor de e-mail parou de responder no meio do envio.
delivery-no-way = Nenhum servidor de e-mail está configurado para enviar. Fale com quem cuida do Recado.
delivery-too-long-tried = Tentamos por 5 dias e não deu.
delivery-bounced = A mensagem voltou: o servidor do contato não entregou.
delivery-built = A mensagem não pôde ser montada. Confira os anexos e tente de novo.
delivery-interrupted = O Recado parou durante o envio.
retry = Tentar de novo
retry-anyway = Enviar de novo
retried = A mensagem voltou para a fila.

# Escrever
strip-inbox = A caixa { $inbox } não está conseguindo enviar.
strip-mend = Ver caixa
strip-with = Esta conversa está com { $name }.
strip-lost = A caixa { $inbox } está sem conexão desde { $since }.
strip-disconnected = A caixa { $inbox } está desconectada.
strip-kept = Dá para responder de novo quando ela voltar; o que você escreveu fica guardado.
strip-ask = Peça a { $name } para reconectar.
message-inbox-lost = Não foi enviada. A caixa está sem conexão. O que você escreveu fica guardado; envie quando ela voltar.
message-inbox-off = Não foi enviada. A caixa está desconectada. O que você escreveu fica guardado.
composer-reply = Responder
composer-note = Anotação interna
composer-reply-to = Resposta para { $name }
composer-write-to = Escreva para { $name }
composer-write-note = Anote para a equipe
composer-to = Para { $to }
composer-to-copy =
    { $n ->
        [one] Para { $to }, com cópia a 1 pessoa
       *[other] Para { $to }, com cópia a { $n } pessoas
    }
composer-to-nobody = Ninguém recebe: falta um endereço
composer-stays = Fica aqui: só a equipe lê
composer-remove = Tirar { $name }
composer-over = O texto tem { $n } caracteres; cabem { $max }.
composer-counter = { $n } de { $max }
composer-waiting = Sem internet. Seu texto sai quando a conexão voltar.
composer-attach = Anexar arquivo
composer-hint = Enter envia, Shift+Enter quebra a linha
composer-hint-note = Enter guarda
composer-send = Enviar
composer-sending = Enviando…
composer-keep = Guardar anotação
composer-keeping = Guardando…
message-too-long = O texto é longo demais. Divida em duas mensagens.
message-file-too-large = Um arquivo passa de { $size } e não foi anexado. Seu texto está guardado; escolha os arquivos de novo.
message-no-recipient = Ainda não há endereço para responder. Peça um endereço ou escreva uma anotação.
message-empty = Escreva algo primeiro.

# Detalhes
side-label = Detalhes da conversa
side-title = Detalhes
side-number = Número
side-back = Voltar para a conversa
side-assignee = Responsável
side-inbox = Caixa
side-state = Situação
side-history = Histórico
side-history-empty = Primeira conversa com este contato.
state-open = aberta
state-snoozed = para depois
state-closed = encerrada

# Outra pessoa foi antes
conflict-assignee-unavailable = Esta pessoa está indisponível agora. Escolha outra.
conflict-taken = A conversa mudou de mãos nesse meio-tempo.
conflict-taken-you = Esta conversa já está com você.
conflict-taken-person = { $name } ficou com esta conversa antes.
conflict-taken-nobody = Outra pessoa deixou esta conversa sem dono antes.
conflict-already-closed = Outra pessoa já encerrou esta conversa.
conflict-already-open = Outra pessoa já reabriu esta conversa.
conflict-already-sent = Esta mensagem já saiu ou já está na fila.

# Para depois
snooze-set = Definir

# Apagar
gone-kept = O que você estava escrevendo

# Spam
section-spam = Spam
list-empty-spam = Nenhum spam.
spam-mark = Marcar como spam
spam-clear = Não é spam
spam-marked = Marcada como spam
spam-cleared = Não é mais spam.
block-address = Bloquear { $address }
block-domain = Bloquear todos de { $domain }
sender-blocked = Remetente bloqueado. Os próximos e-mails serão recusados.
sender-unblocked = Remetente desbloqueado
side-unwanted = Spam ou indesejada
state-spam = spam
strip-spam = { $by } marcou como spam. Se você responder, ela volta para a lista.
strip-spam-filter = O provedor de e-mail marcou como spam. Se você responder, ela volta para a lista.
fact-spam = { $by } marcou como spam
fact-spam-alone = Marcada como spam pelo provedor de e-mail
fact-not-spam = { $by } tirou do spam
fact-not-spam-alone = Saiu do spam
fact-accepted = { $by } incluiu um endereço novo na conversa
fact-accepted-alone = Um endereço novo entrou na conversa
menu-blocked = Remetentes bloqueados
blocked-lead = Os e-mails destes remetentes não entram. Ficam guardados por 30 dias, para o caso de engano, e depois são apagados.
blocked-empty = Ninguém está bloqueado. Bloqueie um remetente a partir de uma conversa com ele.
blocked-domain = Todos de { $domain }
blocked-by = Bloqueado por { $by }
blocked-refused =
    { $n ->
        [one] 1 e-mail recusado em { $date }
       *[other] { $n } e-mails recusados, o último em { $date }
    }
blocked-refused-none = Nada recusado ainda
unblock = Desbloquear
unblock-who = Desbloquear { $who }
conflict-already-spam = Alguém já marcou como spam.
conflict-not-spam = Alguém já tirou do spam.
conflict-no-sender = Esta conversa não tem um endereço para bloquear.
conflict-shared-domain = Muita gente usa este domínio. Bloqueie só o endereço.
conflict-own-address = Este endereço é seu e não pode ser bloqueado.

# Um e-mail
message-menu = Mais ações para o e-mail de { $name }
message-reply-all = Responder a todos
message-original-eml = Baixar original (.eml)
message-keep = Salvar como resposta pronta
message-headers = Ver cabeçalhos
headers-back = Voltar à conversa
headers-lead = As linhas técnicas que vieram com este e-mail, como vieram.
message-accept = Incluir na conversa
sender-accepted = Endereço incluído na conversa
message-forwarded = Encaminhada. Só { $to } recebe.
message-automatic-answer = Resposta automática
message-spam = O provedor de e-mail marcou esta mensagem como spam.
message-hidden-copy = { $way }, cópia oculta a { $bcc }

# Para quem
composer-recipients = Ver e mudar quem recebe
composer-to-one-copy = Para { $to }, com cópia a 1 pessoa
composer-to-copies = Para { $to }, com cópia a { $n } pessoas
composer-forward = Encaminhar
composer-forward-to = Encaminhar para
composer-write-forward = Escreva algumas palavras (opcional)
composer-keep-files = Arquivos
composer-signature = Com a sua assinatura
recipients-to = Para
recipients-cc = Cópia
recipients-bcc = Cópia oculta
recipient-add = incluir endereço
recipient-toggle = Tirar ou recolocar { $address }
recipient-wrong = "{ $address }" não é um endereço de e-mail. Corrija e envie de novo.
message-too-many-recipients = São pessoas demais. Cabem até 100.
message-to-ourselves = Um dos endereços é uma caixa sua. Tire-o: a mensagem voltaria para cá.

# Assinatura
menu-signature = Assinatura
signature-lead = Vai abaixo das suas respostas por e-mail. Enquanto estiver vazia, vale a assinatura da caixa de entrada.
signature-own = Sua assinatura
signature-hint = Texto simples. { "{" }agent{ "}" } vira o seu nome e { "{" }company{ "}" } o nome da empresa.
signature-saved = Assinatura salva
signature-too-long = A assinatura está longa demais. Cabem até 2.000 caracteres.
signals-news =
    { $n ->
        [one] 1 mensagem nova de { $name }
       *[other] { $n } mensagens novas de { $name }
    }
signals-news-many = { $n } mensagens novas, a última de { $name }

# Para depois
section-snoozed = Para depois
list-empty-snoozed = Nada para depois.
row-until = Volta { $when }
snooze = Lembrar depois
snooze-later = Mais tarde hoje
snooze-tomorrow = Amanhã cedo
snooze-monday = Segunda cedo
snooze-answer = Até responderem
snooze-own = Em outra hora
snooze-unreadable = Escreva dia e hora.
snooze-past = Esta hora já passou. Escolha uma que ainda vem.
snooze-too-far = Este dia está longe demais. Escolha um nos próximos 5 anos.
snoozed = Conversa guardada para depois.
snoozed-until = A conversa volta { $when }.
snoozed-answer = A conversa volta quando responderem.
wake-title = Retomar agora
woken = A conversa está de volta.
fact-snoozed = { $by } deixou para depois, até { $when }
fact-snoozed-answer = { $by } deixou para depois, até responderem
fact-woken-time = Voltou na hora marcada
fact-woken-message = Voltou porque o contato escreveu
fact-woken-person = { $by } retomou a conversa
state-snoozed-until = para depois, até { $when }
state-snoozed-answer = para depois, até responderem
state-closed-by = encerrada por { $by } em { $when }
state-closed-at = encerrada em { $when }
conflict-snooze-closed = Esta conversa está encerrada. Reabra antes de deixar para depois.
conflict-already-awake = Esta conversa já está de volta.

# Etiquetas e prioridade
tags = Etiquetas
tags-none = Nenhuma etiqueta ainda.
tag-short = Etiqueta
tag-add = Nova etiqueta ou uma que já existe
tag-add-submit = Pôr
tag-remove = Tirar { $name }
tag-name-wrong = Escreva um nome de até 40 caracteres.
tag-too-many = Cabem 20 etiquetas. Tire uma antes.
priority = Prioridade
priority-none = Nenhuma
priority-low = Baixa
priority-normal = Normal
priority-high = Alta
priority-urgent = Urgente
priority-unknown = Escolha uma prioridade da lista.
prioritized = Prioridade mudada.

# Apagar
side-menu = Mais ações para { $name }
delete-conversation = Apagar conversa
delete-title = Apagar a conversa com { $name }?
delete-goes = O histórico sai do Recado e não volta: mensagens, anexos, anotações e respostas na fila.
delete-stays-mailbox = Na caixa de e-mail { $address } ele continua, e lá pode ser apagado à parte.
delete-stays = Em { $inbox } ele continua, e lá pode ser apagado à parte.
delete-afterwards = Se o contato escrever de novo, a conversa aparece outra vez, só com as mensagens novas.
delete-forbidden = Só quem conectou a caixa de entrada e a pessoa proprietária do espaço de trabalho apagam conversas. Peça a elas.
delete-back = Voltar para a conversa
deleted = Conversa apagada.
gone-title = Esta conversa foi apagada
gone-by = { $by } apagou em { $when }.
gone-somebody = Alguém
conflict-delete-sending = Uma resposta está saindo agora. Espere um instante e apague depois.

# Distribuição pela caixa
fact-handed-out = Passou para { $to }, pela distribuição da caixa
fact-nobody-available = Ficou sem dono: ninguém está disponível
fact-everybody-full = Ficou sem dono: todos já têm o máximo de conversas
fact-written-again = Ficou sem dono: o contato escreveu de novo

# Imagens de fora
images-show = Mostrar imagens
images-always = Sempre deste remetente
images-hide = Ocultar imagens
images-never = Parar de mostrar as imagens deste remetente

# Convites e assinaturas digitais
message-signed = Assinado digitalmente por quem enviou (não verificado)
message-encrypted = Este e-mail é criptografado. Abra o arquivo com o programa que tem a chave.
message-sealed = Assinado em um formato fechado, que não abre aqui (não verificado). O conteúdo está no arquivo.
invitation-request = Convite
invitation-cancel = Cancelado: não vai acontecer
invitation-publish = Evento
invitation-accepted = { $name } aceitou
invitation-declined = { $name } recusou
invitation-tentative = { $name } talvez vá
invitation-replied = { $name } respondeu
invitation-untitled = Reunião sem nome
invitation-repeats = { $when }, repete
invitation-span = { $from } até { $to }
invitation-local = { $time }, horário local
invitation-zone = { $time } ({ $zone })
invitation-organizer = Convite de { $name }
invitation-file = Salvar na agenda (.ics)
