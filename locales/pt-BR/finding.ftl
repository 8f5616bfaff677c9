# Filtro
filter-title = Filtrar conversas
filter-words = Palavras no texto, no assunto ou no nome
filter-within = Onde procurar
filter-within-section = Só em { $section }
filter-within-open = Todas as abertas
filter-within-everything = Todas, menos spam
filter-inbox = Caixa
filter-any-inbox = Qualquer caixa
filter-channel = Canal
filter-any-channel = Qualquer canal
filter-who = Responsável
filter-anybody = Qualquer pessoa
filter-who-me = Você
filter-who-nobody = Sem dono
filter-team = Equipe
filter-any-team = Qualquer equipe
filter-tag = Etiqueta
filter-any-tag = Qualquer etiqueta
filter-presses = Prioridade
filter-any-priority = Qualquer prioridade
filter-waiting = Esperando resposta
filter-whatever = Tanto faz
filter-waiting-yes = Sem resposta
filter-waiting-1h = Sem resposta há 1 hora ou mais
filter-waiting-4h = Sem resposta há 4 horas ou mais
filter-waiting-1d = Sem resposta há 1 dia ou mais
filter-waiting-3d = Sem resposta há 3 dias ou mais
filter-waiting-7d = Sem resposta há 7 dias ou mais
filter-contact = Contato ou empresa
filter-contact-hint =
    { $n ->
        [one] Parte do nome ou do endereço, com { $n } letra ou mais.
       *[other] Parte do nome ou do endereço, com { $n } letras ou mais.
    }
filter-since = Última atividade desde
filter-until = Última atividade até
filter-apply = Filtrar
filter-clear = Limpar filtro
filter-chip = { $label }: { $value }
filter-none-said = nenhuma destas: { $value }
filter-or = { $said } ou { $name }
filter-any-of = É uma destas
filter-none-of = Não é nenhuma destas
filter-is = { $what }: como comparar
filter-watching = Que eu acompanho
filter-gone = não existe mais
filter-active = Filtro em uso
filter-remove = Tirar { $what }
filter-nothing = Nenhuma conversa com este filtro.
filter-further = Procurar antes de { $date }

# Filtros salvos
menu-filters = Filtros salvos
filters-lead = Os seus ficam na sua lista de conversas. Os compartilhados aparecem para todos, e cada pessoa vê só as conversas que pode ver.
filters-none = Nenhum filtro salvo ainda.
filters-none-link = Filtre a lista de conversas e salve o filtro.
filter-save = Salvar filtro
filter-name = Nome do filtro
filter-replace = Salvar como
filter-replace-none = Um filtro novo
filter-shared = Compartilhar com todos
filter-saved = Filtro salvo
filter-changed = Filtro mudado
filter-removed = Filtro apagado. As conversas continuam como estão.
filter-delete = Apagar
filter-delete-one = Apagar o filtro { $name }
filter-up = Subir { $name }
filter-down = Descer { $name }
filter-by = de { $name }
filter-saved-list = Filtros salvos
filter-name-wrong = Escreva um nome de até 60 caracteres.
filter-too-long = Este filtro tem valores demais para ser salvo. Tire alguns.
filter-too-many = Cabem 30 filtros seus. Apague um antes.

# Várias de uma vez
bulk-pick = Escolher várias
bulk-pick-one = Escolher a conversa com { $name }
bulk-title = Várias conversas de uma vez
bulk-none = Escolha conversas na lista.
bulk-chosen =
    { $n ->
        [one] { $n } escolhida
       *[other] { $n } escolhidas
    }
bulk-chosen-many = { $n } escolhidas
bulk-all = Todas as que a lista mostra ({ $n })
bulk-all-chosen = Todas escolhidas ({ $n })
bulk-leave = Parar de escolher
bulk-action = O que fazer
bulk-apply = Aplicar
bulk-state = Situação
bulk-read = Marcar como lida
bulk-assign = Atribuir
bulk-away = { $name } (indisponível)
bulk-tag = Pôr etiqueta
bulk-untag = Tirar etiqueta
bulk-choose = Escolha de 1 a 200 conversas, ou todas as que a lista mostra.
bulk-choose-action = Escolha o que fazer.
bulk-progress = Andamento
bulk-cancel = Parar
bulk-collecting =
    { $n ->
        [one] Procurando. { $n } conversa até agora.
       *[other] Procurando. { $n } conversas até agora.
    }
bulk-running = { $at } de { $n }
bulk-undoing = Desfazendo: { $at } de { $n }
bulk-done =
    { $n ->
        [0] Nenhuma conversa mudou.
        [one] { $n } conversa mudou.
       *[other] { $n } conversas mudaram.
    }
bulk-same =
    { $n ->
        [one] { $n } já estava assim.
       *[other] { $n } já estavam assim.
    }
bulk-canceled =
    { $n ->
        [0] Parado antes de mudar alguma.
        [one] Parado depois de { $n } conversa.
       *[other] Parado depois de { $n } conversas.
    }
bulk-undone =
    { $n ->
        [one] { $n } conversa voltou a como estava.
       *[other] { $n } conversas voltaram a como estavam.
    }
bulk-kept =
    { $n ->
        [one] { $n } ficou, porque mudou depois.
       *[other] { $n } ficaram, porque mudaram depois.
    }
bulk-refused =
    { $n ->
        [one] { $n } não mudou.
       *[other] { $n } não mudaram.
    }
bulk-no-access = Você ou a pessoa escolhida não tem acesso, ou a conversa não existe mais.
bulk-no-right = Falta permissão.
conflict-bulk-goes-on = Outra mudança sua ainda está em andamento. Espere ou pare essa primeiro.
conflict-bulk-over = Esta mudança já terminou.
conflict-bulk-too-late = Não dá mais para desfazer: passaram 30 segundos ou já foi desfeita.

# Comandos
keys-palette = Ir para qualquer lugar ou fazer algo pelo nome
keys-filter = Filtrar
keys-pick = Escolher a conversa; com ⇧, todas até ela
keys-bulk = O que fazer com as escolhidas
palette-title = Comandos
palette-field = Lugar, ação ou conversa
palette-list = O que foi encontrado
palette-none = Nada encontrado
palette-found =
    { $n ->
        [one] { $n } opção
       *[other] { $n } opções
    }
palette-found-many = { $n } opções
palette-here = Esta conversa
palette-anywhere = Ação
palette-inbox-settings = Ajustes de { $name }
palette-filters = Filtros
palette-inboxes = Caixas
palette-conversations = Encontradas
palette-conversation = { $name }: { $about }
