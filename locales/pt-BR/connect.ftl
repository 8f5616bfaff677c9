# Começo
start-lead = Comece pelo endereço. Nós procuramos os servidores.
start-provider = Onde fica esta caixa de e-mail?
start-by-address = Descobrir pelo endereço
start-provider-hint = Para um endereço com domínio próprio, escolha o provedor, se você souber.
start-search = Continuar
search-provider = Preenchemos os servidores de { $provider }.
search-by-name = Encontramos { $imap } e { $smtp }.
search-half = Encontramos só um dos dois servidores. Seu provedor informa o outro.
search-nothing = Não encontramos servidores deste domínio. Escreva abaixo; seu provedor informa quais são.

# Caixa de e-mail
inbox-tabs = Partes desta caixa
inbox-tab-health = Estado
inbox-tab-settings = Configuração
inbox-way-in = Como os e-mails entram
inbox-in-mailbox = Nós buscamos na caixa de e-mail (IMAP)
inbox-in-pipe = Seu servidor de e-mail entrega
inbox-sign-in = Como entramos
inbox-by-consent = Com seu consentimento no { $provider }, sem senha
inbox-by-password = Com senha
inbox-imap-host = Servidor de entrada (IMAP)
inbox-imap-username-hint = Vazio: o endereço de e-mail.
inbox-same = Mesmo usuário e senha da entrada
inbox-folder = Pasta de onde buscar
inbox-folder-hint = Teste a conexão para escolher em uma lista.
inbox-history = E-mails de antes
inbox-history-none = Só o que chegar de agora em diante
inbox-history-month = Também os últimos 30 dias
inbox-history-all = Tudo o que está na pasta
inbox-history-hint = Os e-mails de antes entram encerrados: ninguém é avisado e nada é respondido.
inbox-after = Depois de buscar um e-mail
inbox-after-leave = Deixar a caixa como está
inbox-after-seen = Marcar como lido lá
inbox-after-move = Mover para outra pasta
inbox-after-folder = Mover para
inbox-sent = Pasta de enviados
inbox-sent-append = Nós guardamos as respostas lá
inbox-sent-provider = O provedor faz isso sozinho
inbox-mailbox-taken = Outra caixa já busca nesta caixa de e-mail e pasta.
inbox-folder-missing = Escreva a pasta para onde os e-mails vão.
inbox-folder-wrong = Este nome de pasta é longo demais ou tem letras que não servem.
inbox-disconnect = Desconectar esta caixa
inbox-disconnect-what = As conversas ficam. Nenhum e-mail entra ou sai, e as senhas guardadas são esquecidas. Você pode conectar de novo depois.
inbox-now-disconnected = Caixa desconectada
inbox-disconnected = Desconectada
inbox-disconnected-hint = O histórico continua guardado.
inbox-is-disconnected = A caixa está desconectada. A mensagem sai quando ela for conectada de novo.
inbox-connect-again = Conectar de novo
inbox-connect-again-hint = Esta caixa está desconectada. Escreva a senha e salve para conectar de novo.

# O que um teste diz
check-works = Tudo funciona.
check-fails = Algo ainda não funciona.
check-running = Testando…
check-receiving = Receber
check-sending-title = Enviar
check-good = Funciona
check-bad = Não funciona
check-open = Bom saber
check-reached = { $server } responde.
check-protected = A conexão é segura e o certificado vale para { $server }.
check-unprotected = A conexão não é protegida: quem estiver no caminho pode ler.
check-signed-in = Usuário e senha estão certos.
check-folder = A pasta { $server } existe.
check-sending = As respostas podem sair por { $server }.
check-in-unused = Seu servidor entrega os e-mails; não há o que testar.
check-out-unused = Nada é enviado.
check-disconnected = Esta caixa está desconectada.
check-consent-first = Isto é testado quando você consentir no provedor, depois de salvar.
check-hint-certificate = Use o nome de servidor que seu provedor informa. Muitas vezes não é o do seu próprio domínio.
check-hint-reach = Confira servidor, porta e segurança. O comum: 993 com TLS para receber, 465 com TLS ou 587 com STARTTLS para enviar.
check-hint-sign-in = Confira usuário e senha. Alguns provedores pedem uma senha de aplicativo, ou que o IMAP seja ativado nas configurações deles.
provider-hint-google = O Google não aceita a senha comum aqui. Ative a verificação em duas etapas, crie uma senha de app em myaccount.google.com/apppasswords e use essa senha.
provider-hint-microsoft = A maioria das contas Microsoft não aceita senha aqui: só o consentimento. Quem cuida do Recado pode preparar isso.
provider-hint-app-password = Este provedor pede uma senha de aplicativo. Você cria uma nas configurações de segurança da sua conta lá.
provider-hint-switch-on = Antes é preciso ativar o IMAP nas configurações da sua conta lá.

# Consentimento
consent-title = Consentimento no provedor
consent-what = O { $provider } pergunta se o Recado pode ler e enviar e-mails de { $address }. Entre lá com este endereço.
consent-go = Continuar no { $provider }
consent-other-way = Entrar de outro jeito
consent-kept = Nenhuma senha é guardada. Você pode retirar o consentimento no provedor a qualquer momento.
consent-given = Consentimento recebido. A caixa está conectada.
consent-refused = O consentimento não foi dado. Você pode tentar de novo.
consent-code = O provedor não aceitou a resposta. Comece de novo.
consent-other-account = A conta que consentiu não é { $address }. Entre lá com este endereço.
consent-stale = Esta resposta do provedor é antiga ou não é para você. Comece de novo nas configurações da caixa.
mail-consent = O provedor não nos deixa mais entrar. Dê o consentimento de novo.
mail-consent-short = O provedor não deu uma permissão duradoura. Remova o Recado da sua conta lá e dê o consentimento de novo.
mail-application = O provedor não reconhece o aplicativo desta instalação. Fale com quem cuida do Recado.
mail-no-application = A entrada por consentimento não está preparada para este provedor. Fale com quem cuida do Recado ou use uma senha.
mail-provider-later = O provedor não responde agora. Tentamos de novo sozinhos.

# Como uma caixa está
health-hiccup = Com problema; estamos tentando de novo
health-lost = Sem conexão
health-in-broken = Nenhum e-mail entra desde { $since }.
health-out-broken = Nenhum e-mail sai desde { $since }.
health-reconnect = Reconectar
health-consent-again = Dar o consentimento de novo
health-last-in = Último recebido
health-last-out = Último enviado
health-never = nunca
health-waiting = Esperando para sair
health-waiting-none = nada
health-mailbox = Buscado em
health-by-pipe = entregue pelo seu servidor
health-checked = Última busca
health-cursor = Lido até
health-cursor-at = e-mail número { $uid } da pasta
health-beside = Além disso
health-guardian = Avisado se ela parar
health-history-running = { $taken } de { $total } já entraram.
health-history-done = Todos os { $total } entraram.
health-test = Enviar e-mail de teste para mim
health-test-begun = O e-mail de teste está a caminho.
health-test-running = Enviando um e-mail de teste para { $to }…
health-test-sent = { $when }: o servidor aceitou o e-mail de teste para { $to }. Veja se ele chegou.
health-test-failed = { $when }: o e-mail de teste para { $to } não saiu.
health-test-uncertain = { $when }: não é certo se o e-mail de teste para { $to } saiu.
health-waiting-since = { $n ->
    [one] 1 resposta, desde { $since }
   *[other] { $n } respostas, a mais antiga desde { $since }
}

# E-mails sobre uma caixa
inbox-mail-hello = Olá, { $name },
inbox-mail-link = Veja como está: { $link }
inbox-lost-mail-subject = A caixa { $inbox } perdeu a conexão
inbox-lost-mail-what = A caixa { $inbox } ({ $address }) está sem conexão desde { $since }. { $reason }
inbox-lost-mail-effect = Até ela ser reconectada, não dá para responder por ela. O que está esperando sai sozinho depois.
inbox-restored-mail-subject = A caixa { $inbox } voltou a funcionar
inbox-restored-mail-what = A caixa { $inbox } ({ $address }) está com conexão de novo. O que esperava está saindo agora.
inbox-joined-mail-subject = { $reader } agora lê a caixa { $inbox }
inbox-joined-mail-what = { $reader } administra as caixas e agora também lê as conversas de { $inbox }. Você conectou esta caixa, por isso avisamos.
inbox-test-mail-subject = Teste da caixa { $inbox }
inbox-test-mail-text = Este e-mail foi enviado pelo Recado por { $address } para ver se o envio funciona. Funciona.
