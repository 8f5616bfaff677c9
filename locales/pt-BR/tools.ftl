# Menções
section-mentioned = Menções
list-empty-mentioned = Ninguém mencionou você ainda.
mention-team = equipe
mention-somebody = Mencionar alguém
mention-tool = Mencionar alguém (@)
mention-no-access = Alguém que você mencionou não lê esta caixa de entrada.
mention-no-access-one = { $names } não lê esta caixa de entrada, então não veria a menção. Tire o @ ou peça que liberem a caixa.
mention-no-access-many = { $names } não leem esta caixa de entrada, então não veriam a menção. Tire o @ ou peça que liberem a caixa.
mention-unclear = Mais de uma pessoa tem esse nome. Escreva o nome completo.
mention-unclear-name = Mais de uma pessoa se chama { $name }. Escreva o nome completo.

# Respostas prontas
replies = Respostas prontas
replies-tool = Respostas prontas (/)
replies-lead = Textos que você usa sempre. Na caixa de resposta, digite / e o código; nada é enviado sozinho.
replies-none = Nenhuma resposta pronta ainda.
replies-own = Só suas
replies-shared = Da equipe
replies-back = Voltar às respostas prontas
replies-settings = Ajustar respostas prontas
replies-copy = Copie o texto e cole na resposta. Os campos já estão preenchidos para esta conversa.
reply-new = Nova resposta pronta
reply-change = Resposta pronta
reply-code = Código
reply-code-hint = O que se digita depois da barra, como "prazo". Letras, números, hífen; até 30.
reply-code-wrong = Use uma palavra de até 30 letras, números ou hifens.
reply-code-taken = Já existe uma resposta com este código.
reply-title = Título
reply-title-wrong = Escreva um título de até 100 caracteres.
reply-text = Texto
reply-text-missing = Escreva o texto.
reply-text-long = O texto passa de 20.000 caracteres.
reply-fields = Campos que se preenchem sozinhos
reply-fields-else = Para quando não houver valor, escreva outra palavra depois da barra: { $field }
reply-field-unknown = Há um campo que não existe. Veja a lista abaixo do texto.
reply-field-contact-name = nome do contato
reply-field-first-name = primeiro nome do contato
reply-field-agent = seu nome
reply-field-inbox = nome da caixa de entrada
reply-field-conversation = número da conversa
reply-field-workspace = nome da empresa
reply-files = Arquivos
reply-files-count =
    { $n ->
        [one] 1 arquivo
       *[other] { $n } arquivos
    }
reply-file-too-large = Um arquivo é grande demais e não foi salvo.
reply-too-many-files = Cabem 10 arquivos.
reply-saved = Resposta pronta salva
reply-deleted = Resposta pronta apagada
reply-delete = Apagar resposta pronta
reply-delete-ask = Apagar esta resposta pronta…
reply-delete-means = Ela some da lista de quem a usa. As mensagens já enviadas ficam como estão.
sharing = Quem usa
sharing-own = Só eu
sharing-team = Toda a equipe
suggest-list = Sugestões
suggest-none = Nada encontrado. Dá para criar em Ajustes.
suggest-failed = Não deu para buscar agora. Tente de novo.
suggest-files = com arquivos

# Macros
macros = Macros
keys-macros = Usar uma macro
macros-run = Usar uma macro
macros-lead = Várias ações com um toque. Você vê o que vai acontecer antes de usar.
macros-none = Nenhuma macro ainda.
macros-own = Só suas
macros-shared = Da equipe
macros-back = Voltar às macros
macros-settings = Ajustar macros
macro-one = Macro
macro-new = Nova macro
macro-change = Mudar
macro-name = Nome
macro-name-wrong = Escreva um nome de até 100 caracteres.
macro-next = Criar e escolher as ações
macro-created = Macro criada. Agora escolha as ações.
macro-saved = Macro salva
macro-deleted = Macro apagada
macro-delete = Apagar macro
macro-delete-ask = Apagar esta macro…
macro-delete-means = Ela some da lista de quem a usa. O que já foi feito fica como está.
macro-refusal = Se uma ação for recusada
macro-refusal-stop = Parar ali
macro-refusal-go-on = Seguir com as outras
macro-shared = da equipe
macro-count =
    { $n ->
        [0] nenhuma ação
        [one] 1 ação
       *[other] { $n } ações
    }
macro-steps = Ações, nesta ordem
macro-empty = Esta macro ainda não tem ações.
macro-add = Acrescentar uma ação
macro-step-add = Acrescentar
macro-step-change = Mudar: { $step }
macro-step-up = Para cima: { $step }
macro-step-down = Para baixo: { $step }
macro-step-remove = Tirar: { $step }
macro-up = Para cima
macro-down = Para baixo
macro-remove = Tirar
macro-too-many = Cabem 20 ações.
macro-person-missing = Escolha uma pessoa da equipe.
macro-time-missing = Escolha um prazo da lista.
macro-text-missing = Escreva o texto.
macro-field-unknown = Há um campo que não existe. Os campos são os mesmos das respostas prontas.
macro-reply-missing = Escolha uma resposta pronta.
macro-own-reply = Uma macro da equipe só usa respostas prontas da equipe.
macro-fields = Campos como { $field } se preenchem sozinhos.
macro-counts = Conta como resposta
macro-counts-hint = Se não contar, a conversa continua marcada como sem resposta.
macro-kind-assign-me = Atribuir a mim
macro-kind-assign = Atribuir a
macro-kind-unassign = Deixar sem dono
macro-kind-tag = Pôr etiqueta
macro-kind-untag = Tirar etiqueta
macro-kind-priority = Prioridade
macro-kind-answer = Responder
macro-kind-reply = Responder com a resposta pronta
macro-kind-note = Anotação interna
macro-kind-snooze = Lembrar depois
macro-kind-close = Encerrar conversa
macro-kind-reopen = Reabrir
macro-kind-unread = Marcar como não lida
macro-until-later = em três horas
macro-until-tomorrow = amanhã, 9:00
macro-until-monday = segunda-feira, 9:00
macro-until-answer = até responderem
macro-about-gone = o que não existe mais
macro-said = { $kind }: { $what }
macro-said-counts = { $line } (conta como resposta)
macro-look = Nada aconteceu ainda. É isto que vai acontecer nesta conversa:
macro-run = Usar agora
macro-other = Escolher outra
macro-ran = "{ $name }" foi usada
macro-will-do = vai ser feito
macro-done = feito
macro-already = já estava assim
macro-refused = recusado: { $why }
macro-skipped = não será feito: a macro para antes
macro-no-access = Esta pessoa não lê esta caixa de entrada.
macro-no-right = Você não tem permissão para isto.
macro-not-there = O que esta ação usa não existe mais.
macro-reply-gone = A resposta pronta não existe mais, ou não é sua.
conflict-macro-ran = Esta macro já foi usada agora há pouco.
fact-ran = { $by } usou a macro "{ $name }"
macro-count-done =
    { $n ->
        [one] 1 ação feita
       *[other] { $n } ações feitas
    }
macro-count-refused =
    { $n ->
        [one] 1 recusada
       *[other] { $n } recusadas
    }
macro-count-skipped =
    { $n ->
        [one] 1 deixada de lado
       *[other] { $n } deixadas de lado
    }

# Etiquetas em ordem
fact-tagged = { $by } pôs a etiqueta { $name }
fact-untagged = { $by } tirou a etiqueta { $name }
tags-lead = Valem para todas as conversas. Novas etiquetas nascem na própria conversa.
tags-none-yet = Nenhuma etiqueta ainda.
tag-count =
    { $n ->
        [0] em nenhuma conversa
        [one] em 1 conversa
       *[other] em { $n } conversas
    }
tag-many = em mais de 10.000 conversas
tag-leaving = saindo das conversas agora
tag-change = Mudar
tag-name = Nome
tag-color = Cor
tag-color-1 = Cor 1
tag-color-2 = Cor 2
tag-color-3 = Cor 3
tag-color-4 = Cor 4
tag-color-5 = Cor 5
tag-color-6 = Cor 6
tag-color-wrong = Escolha uma cor da lista.
tag-name-taken = Já existe uma etiqueta com este nome. Dá para unir as duas.
tag-merge = Unir
tag-merge-into = Unir com
tag-merge-means = As conversas com { $name } passam a ter a outra, e { $name } deixa de existir.
tag-merge-missing = Escolha outra etiqueta.
tag-delete = Apagar etiqueta
tag-delete-ask = Apagar…
tag-delete-means = { $name } sai de onde está ({ $count }) e não volta.
tag-saved = Etiqueta salva
tag-merged = Etiquetas unidas
tag-deleted = Etiqueta apagada
activity-is-tag-changed = mudou uma etiqueta
activity-is-tag-merged = uniu duas etiquetas
activity-is-tag-deleted = apagou uma etiqueta
