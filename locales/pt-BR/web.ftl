product = Recado

# Moldura da página
skip = Ir para o conteúdo
nav-main = Principal
nav-home = Recado, início
nav-conversations = Conversas
nav-settings = Ajustes
nav-alert = há conversas novas ou sem resposta
nav-account = { $name }: sua conta
menu-settings = Ajustes
menu-you = Você
menu-account = Sua conta
settings-title = Ajustes
settings-choose = Escolha um assunto no menu.
settings-back = Voltar aos ajustes
close = Fechar
save = Salvar
connection-open = Esta conexão não é privada: quem está na mesma rede pode ler o que passa por ela.
connection-live = Sem internet. Tentando de novo em { $s } s.
connection-now = Sem internet. Tentando de novo.
connection-request = Não chegou ao servidor. Nada foi mudado.
connection-server = O servidor não respondeu direito. Tente de novo em um instante.
connection-retry = Tentar agora

# Teclas
keys-title = Teclas
keys-search = Buscar
keys-conversations = Conversas
keys-settings = Ajustes
keys-move = Percorrer a lista
keys-open = Abrir
keys-reply = Responder
keys-note = Anotação interna
keys-assign = Ficar com a conversa
keys-close = Encerrar ou reabrir
keys-snooze = Lembrar depois
keys-tags = Etiquetas
keys-unread = Marcar como não lida
keys-details = Detalhes
keys-around = Conversa anterior, próxima
keys-help = Esta lista
keys-escape = Fechar, voltar

# Formulários
form-errors =
    { $n ->
        [one] Falta acertar um campo:
       *[other] Falta acertar { $n } campos:
    }

# Erros
error-title = Não deu certo
error-400 = O pedido chegou incompleto. Volte e tente de novo.
error-401 = Sua sessão terminou. Entre de novo para continuar.
error-403-title = Sem permissão
error-403 = Isto não está liberado para você. Peça a quem administra.
error-403-right = Para isto é preciso a permissão "{ $right }". Peça a quem administra.
error-403-role = Isto é só para quem tem o papel "{ $role }".
error-404-title = Não está aqui
error-404 = Esta página não existe ou não está liberada para você.
error-409 = Outra pessoa mudou isto agora. Recarregue a página e veja como ficou.
error-413 = O que você enviou é grande demais.
error-413-limit = O que você enviou passa de { $size }.
error-422 = Algum campo não pôde ser aceito. Volte e confira.
error-429 =
    { $n ->
        [one] Foram muitas tentativas. Espere 1 segundo e tente de novo.
       *[other] Foram muitas tentativas. Espere { $n } segundos e tente de novo.
    }
error-429-minutes =
    { $n ->
        [one] Foram muitas tentativas. Espere 1 minuto e tente de novo.
       *[other] Foram muitas tentativas. Espere { $n } minutos e tente de novo.
    }
error-500 = O erro foi nosso e já está anotado. Tente de novo em um instante.
error-503 = O servidor está ocupado. Tente de novo em um instante.
error-507 = Não há mais espaço para guardar. Dá para ler, mas nada novo entra. Avise quem cuida do servidor.
error-home = Ir para o início
error-number = Número deste pedido: { $id }
error-foreign-form = Este formulário veio de outro site, por isso nada foi mudado. Abra a página aqui e tente de novo.
error-stale-form = Este formulário ficou velho. Recarregue a página e envie de novo.
error-too-many-streams = Há páginas demais abertas. Feche algumas para receber novidades nesta.

# Datas e tamanhos
time-today = hoje
time-tomorrow = amanhã
time-ahead = { $day }, { $time }
time-yesterday = ontem
day-today = Hoje
day-yesterday = Ontem
weekday-1 = segunda
weekday-2 = terça
weekday-3 = quarta
weekday-4 = quinta
weekday-5 = sexta
weekday-6 = sábado
weekday-7 = domingo
month-1 = jan.
month-2 = fev.
month-3 = mar.
month-4 = abr.
month-5 = mai.
month-6 = jun.
month-7 = jul.
month-8 = ago.
month-9 = set.
month-10 = out.
month-11 = nov.
month-12 = dez.
month-long-1 = janeiro
month-long-2 = fevereiro
month-long-3 = março
month-long-4 = abril
month-long-5 = maio
month-long-6 = junho
month-long-7 = julho
month-long-8 = agosto
month-long-9 = setembro
month-long-10 = outubro
month-long-11 = novembro
month-long-12 = dezembro
date-short = { $day } { $month }
date-year = { $day } { $month } { $year }
date-full = { $day } de { $month } de { $year }, { $time }
size-bytes = { $n } bytes
size-kb = { $n } KB
size-mb = { $n } MB

# Permissões e papéis
right-conversations = Conversas
right-contacts = Contatos
right-contacts-export = Exportar contatos
right-cards = Cards
right-feed-publish = Pode publicar para clientes
right-inboxes-manage = Caixas de entrada
right-settings = Ajustes
right-reports = Relatórios
right-audit = Registro de ações
role-owner = Proprietário(a)
role-admin = Administrador(a)
role-agent = Atendente
cancel = Cancelar
optional = opcional
