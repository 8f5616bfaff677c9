# Menu e lista
menu-workspace = Empresa
menu-inboxes = Caixas de entrada
inboxes-lead = Cada endereço por onde seus clientes escrevem.
inboxes-empty = Nenhuma caixa ainda. Conecte a primeira para receber e-mails aqui.
inboxes-broken = Precisa de atenção: { $names }.
inboxes-back = Voltar às caixas de entrada
inbox-connect = Conectar caixa
inbox-options = Opções de { $name }
inbox-working = Funcionando
inbox-silent = Sem movimento ainda
inbox-silent-hint = Nenhum e-mail entrou ou saiu.
inbox-broken = Com problema
inbox-receives-only = Só recebe
inbox-last-in = Último e-mail recebido: { $when }
inbox-last-out = último enviado: { $when }
inbox-readers-all = Toda a equipe
inbox-readers-nobody = Ninguém
inbox-readers-more = { $names } e mais { $n }
inbox-connected = Caixa conectada
inbox-saved = Caixa salva

# Uma caixa
inbox-name = Nome da caixa
inbox-address = E-mail
inbox-address-hint = O endereço para onde seus clientes escrevem. Não muda depois.
inbox-readers = Quem lê
inbox-readers-hint = Só lê quem também tem a permissão "Conversas".
inbox-members = Pessoas escolhidas
inbox-access-all = Toda a equipe
inbox-access-selected = Pessoas escolhidas
inbox-access-owner = Só eu
inbox-access-other = Só { $name }
inbox-way = Por onde as respostas saem
inbox-way-house = Pelo servidor de e-mail do espaço de trabalho
inbox-way-own = Pelo servidor da própria caixa
inbox-host = Servidor de envio (SMTP)
inbox-security = Segurança da conexão
inbox-security-tls = TLS desde o início
inbox-security-starttls = STARTTLS
inbox-security-none = Nenhuma, só para a mesma rede
inbox-port = Porta
inbox-username = Usuário
inbox-password-kept = A senha está guardada e não aparece mais. Deixe vazio para continuar com ela.
inbox-mail-in-hint = Faça seu servidor de e-mail entregar cada mensagem a este comando:
inbox-mail-in-command = recado mail-in --inbox { $address }
inbox-check = Testar conexão
inbox-check-works = O servidor de e-mail respondeu e aceitou a conexão.

# O que não pode ser aceito
inbox-name-taken = Já existe uma caixa com este nome.
inbox-address-taken = Este endereço já tem uma caixa.
inbox-access-missing = Escolha quem lê esta caixa.
inbox-host-missing = Escreva o endereço do servidor, como smtp.exemplo.com.br.
inbox-host-wrong = Este endereço de servidor não é válido. Escreva só o nome, como smtp.exemplo.com.br.
inbox-port-wrong = A porta é um número de 1 a 65535.
inbox-username-missing = Escreva o usuário desta senha.
inbox-username-wrong = Este usuário é longo demais ou tem letras que não servem.
inbox-password-missing = Escreva a senha deste usuário.
inbox-password-again = O servidor ou o usuário mudou. Escreva a senha de novo.

# Distribuição
assigning-title = Distribuição de conversas
assigning-back = Voltar para { $name }
assigning-way = Quem recebe as conversas novas
assigning-off = Ninguém: cada pessoa pega as suas
assigning-round-robin = Uma para cada pessoa, na vez
assigning-fewest = Quem tem menos conversas abertas
assigning-way-hint = Só entre quem lê esta caixa e está disponível. Se ninguém puder, a conversa fica sem dono e uma linha nela diz por quê.
assigning-cap = No máximo, por pessoa
assigning-cap-hint = Conversas abertas em todas as caixas. Quem chegou a este número não recebe mais pela distribuição.
assigning-cap-wrong = Escreva um número de 1 a 999, ou deixe vazio.
assigning-reopening = Quando o contato escreve numa conversa encerrada
assigning-keep = Ela reabre com quem cuidava dela
assigning-release = Ela reabre sem dono
assigning-reopening-hint = Com quem cuidava, mesmo se a pessoa estiver indisponível agora: é a mesma conversa. Sem dono, ela passa de novo pela distribuição acima.
assigning-way-missing = Escolha quem recebe as conversas novas.
assigning-saved = Distribuição salva

# Respostas
answering-title = Assinatura, respostas e spam
answering-saved = Salvo
answering-signature = Assinatura desta caixa
answering-signature-hint = Fica abaixo das respostas por e-mail de quem não tem assinatura própria. { "{" }agent{ "}" } vira o nome da pessoa e { "{" }company{ "}" } o nome da empresa.
answering-language = Idioma das palavras que acrescentamos
answering-language-house = O do espaço de trabalho
answering-language-hint = Por exemplo, a linha acima do e-mail citado. Se o idioma do contato é conhecido, ele vem primeiro.
answering-spam = Seguir o filtro de spam do provedor de e-mail
answering-spam-hint = O que o provedor marcou vai para o Spam, sem avisos. Fica lá e pode voltar.
answering-days = Dias depois de encerrar para uma conversa nova
answering-days-hint = Se alguém escrever depois desse número de dias, começa uma conversa nova ligada à antiga. Vazio: a antiga sempre reabre.
answering-days-wrong = Escreva um número de dias de 1 a 3.650, ou deixe vazio.
answering-too-long = O texto está longo demais. Encurte-o.
answers-stopped-mail-subject = As respostas automáticas de { $inbox } pararam
answers-stopped-mail-what = Mais de 100 respostas automáticas saíram da caixa { $inbox } ({ $address }) em uma hora. Para evitar um ciclo, nenhuma sai por 24 horas. As mensagens continuam entrando e você responde como sempre.
