# Avisos: o sino e a lista
notices = Avisos
bell-unread =
    { $n ->
        [one] Avisos: 1 conversa com novidade
       *[other] Avisos: { $n } conversas com novidades
    }
notices-lead = O que aconteceu nas conversas de que você recebe avisos. Abrir a conversa marca o aviso como lido.
notices-none = Nenhum aviso ainda. Quando alguém escrever, passar uma conversa para você ou mencionar você, aparece aqui.
notices-read-all = Marcar tudo como lido
notices-all-read = Tudo marcado como lido
notices-newest = Mais recentes
notices-older = Mais antigos
notices-back = Voltar aos avisos
notice-no-text = Mensagem sem texto
notice-assigned-itself = Esta conversa foi atribuída a você.
notice-assigned-by = { $by } passou esta conversa para você.
notice-mention-by = { $by } mencionou você: { $text }
notice-why-mine = Mensagem numa conversa sua
notice-why-others = Mensagem numa conversa de outra pessoa
notice-why-unassigned = Mensagem numa conversa sem dono
notice-why-assigned = Conversa passada para você
notice-why-mention = Menção numa anotação

# Escolher os avisos
notices-choose = Escolher avisos
notices-choose-lead = Escolha sobre o que receber avisos, e por onde.
notices-mine = Mensagem nova numa conversa minha
notices-others = Mensagem nova numa conversa de outra pessoa
notices-unassigned = Mensagem nova numa conversa sem dono
notices-assigned = Alguém passou uma conversa para mim
notices-mention = Alguém me mencionou numa anotação
notices-desktop = Na tela
notices-email = E-mail
notices-unsaved = Nada muda até você salvar.
notices-close = Fechar sem salvar
notices-saved = Avisos salvos
notices-no-mail = Nenhum servidor de e-mail está configurado: por enquanto, nenhum aviso sai por e-mail.
notices-blocked = O navegador está bloqueando os avisos deste site.
notices-unblock = Como liberar
notices-device-hint = Os avisos na tela são ligados em cada aparelho:

# Este aparelho
devices-title = Avisos neste aparelho
devices-lead = Ligue para ser avisado mesmo com todas as páginas fechadas. No celular, instale antes o Recado na tela inicial.
devices-back = Voltar à escolha de avisos
devices-known = Aparelhos com avisos ligados
device-none = Com os scripts desligados, este navegador não mostra avisos. Eles continuam na lista e no e-mail.
device-insecure = Avisos na tela só funcionam com conexão segura (https). Peça a quem cuida do servidor.
device-unsupported = Este navegador não mostra avisos. No iPhone e no iPad, instale o Recado na tela inicial e abra por lá.
device-off = Os avisos estão desligados neste aparelho.
device-open = Os avisos aparecem enquanto uma página do Recado estiver aberta.
device-on = Os avisos estão ligados neste aparelho, também com as páginas fechadas.
device-turn-on = Ligar avisos neste aparelho
device-test = Mandar um aviso de teste
device-busy = Ligando…
device-failed = Não deu para ligar os avisos com as páginas fechadas. Com uma página aberta, eles aparecem.
device-shown = Teste enviado. Se nada apareceu, veja as dicas abaixo.
device-this = este aparelho
device-since = Ligado em { $day }
device-remove = Desligar
device-remove-of = Desligar os avisos em { $device }
device-removed = Avisos desligados nesse aparelho.
device-wrong = O navegador mandou um endereço de avisos que não dá para usar.
device-not-told = Este aparelho só é avisado com uma página aberta.
device-help = Os avisos não aparecem?
device-help-blocked = Bloqueados no navegador: clique no ícone à esquerda do endereço, abra as permissões do site e permita as notificações. Depois recarregue a página.
device-help-phone = No Android: abra o menu do navegador, toque em "Instalar aplicativo" ou "Adicionar à tela inicial" e ligue os avisos dentro do aplicativo.
device-help-iphone = No iPhone e no iPad: toque em Compartilhar, "Adicionar à Tela de Início", abra o Recado por lá e ligue os avisos.
device-help-muted = Silenciados no sistema: veja se "Não perturbe", "Foco" ou "Assistente de foco" está ligado e se o navegador pode mostrar notificações nos ajustes do sistema.
device-help-settings = Aparecem só alguns: confira o que está ligado em "Escolher avisos". O que você mesmo faz nunca vira aviso.
notice-test-title = Aviso de teste
notice-test-text = Os avisos funcionam neste aparelho.

# Sem rede
offline-title = Sem internet
offline-lead = O Recado não alcançou o servidor. As mensagens continuam guardadas lá; nada do que já foi salvo se perde.
offline-retry = Tentar de novo

# E-mails de aviso
notice-mail-above = --- Escreva sua resposta acima desta linha ---
notice-mail-hello = Olá, { $name }.
notice-mail-subject = { $contact }: { $subject }
notice-mail-subject-plain = Novidade na conversa com { $contact }
notice-mail-wrote = { $sender } escreveu em { $when }:
notice-mail-mention = { $by } mencionou você em uma anotação interna, em { $when }:
notice-mail-more =
    { $n ->
        [one] E mais 1 novidade nesta conversa.
       *[other] E mais { $n } novidades nesta conversa.
    }
notice-mail-open = Abrir a conversa: { $link }
notice-mail-answer = Responda a este e-mail para responder ao cliente. O que estiver abaixo da primeira linha não vai junto.
notice-mail-note = Responda a este e-mail para deixar uma anotação interna na conversa. Ela fica só com a equipe.
notice-mail-settings = Mudar ou desligar os avisos por e-mail: { $settings }
notice-mail-many =
    { $n ->
        [one] Há novidades em 1 conversa:
       *[other] Há novidades em { $n } conversas:
    }
notice-mail-many-subject =
    { $n ->
        [one] Novidades em 1 conversa
       *[other] Novidades em { $n } conversas
    }
notice-mail-all = Ver todos os avisos: { $all }

# Respostas da equipe por e-mail
team-mail-refused-subject = Sua resposta por e-mail não foi enviada
team-mail-refused = A resposta que chegou por e-mail não foi enviada e não entrou na conversa.
team-mail-forged = O endereço para o qual ela foi mandada não é válido. Responda direto ao aviso, sem mudar o endereço.
team-mail-expired = O aviso respondido é antigo demais. Abra a conversa e responda por lá.
team-mail-other-address = Ela veio de { $sender }, e só vale a resposta enviada do seu próprio endereço no Recado. Se não foi você, avise quem administra.
team-mail-no-access = Você não tem mais acesso a essa conversa, ou ela foi apagada.
team-mail-held-subject = Sua resposta ficou como anotação interna
team-mail-held = Não deu para confirmar que o e-mail veio mesmo de você; por isso a resposta não foi ao cliente e ficou na conversa como anotação interna.
team-mail-open = Abrir o Recado: { $link }
team-mail-text = O que você escreveu:
