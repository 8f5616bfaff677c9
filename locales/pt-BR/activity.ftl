# Registro de ações: a página
activity-lead = Quem fez o quê, e quando. Nada aqui pode ser mudado nem apagado antes do prazo.
activity-person = Pessoa
activity-anybody = Todas
activity-nobody = Ninguém da equipe (servidor, Recado)
activity-area = Assunto
activity-everything = Todos
activity-area-access = Entradas na conta
activity-area-team = Equipe
activity-area-inboxes = Caixas de entrada
activity-area-conversations = Conversas
activity-area-company = Empresa
activity-area-records = Cópias e exportações
activity-from = De
activity-to = Até
activity-filter = Filtrar
activity-clear = Limpar filtro
activity-none = Nada registrado ainda.
activity-none-found = Nada encontrado com este filtro.
activity-older = Mais antigas
activity-newest = Voltar às mais novas
activity-export-csv = Exportar planilha
activity-export-json = Exportar JSON
activity-format-wrong = Escolha planilha ou JSON.
activity-file = registro-de-acoes
activity-gone = nada
activity-column-when = Quando
activity-column-who = Quem
activity-column-what = O que fez
activity-column-details = Detalhes
activity-column-kind = Tipo
activity-column-number = Número

# Quem
activity-someone = Alguém
activity-server = Quem cuida do servidor
activity-removed = uma pessoa removida
activity-inbox-removed = uma caixa removida

# O que fez: continua a frase que começa com quem fez
activity-other = registrou { $kind }
activity-is-session-opened = entrou
activity-is-user-created = criou a conta de { $user }
activity-is-user-changed = mudou a conta de { $user }
activity-is-user-password-changed =
    { $by ->
        [self] trocou a própria senha
        [server] trocou a senha de { $user } pela linha de comando
       *[other] trocou a senha de { $user }
    }
activity-is-inbox-created =
    { $by ->
        [server] conectou a caixa { $inbox } pela linha de comando
       *[other] conectou a caixa { $inbox }
    }
activity-is-inbox-changed = mudou a caixa { $inbox }
activity-is-inbox-lost = perdeu a conexão com a caixa { $inbox }
activity-is-inbox-restored = voltou a se conectar com a caixa { $inbox }
activity-is-inbox-joined = passou a ler a caixa { $inbox }
activity-is-inbox-disconnected = desconectou a caixa { $inbox }
activity-is-workspace-changed = mudou os ajustes da empresa
activity-is-activity-exported =
    { $format ->
        [csv] exportou o registro de ações como planilha
       *[other] exportou o registro de ações como JSON
    }
activity-is-activity-purged =
    { $n ->
        [one] apagou 1 registro que passou do prazo
       *[other] apagou { $n } registros que passaram do prazo
    }
activity-is-database-copied = fez uma cópia de segurança pela linha de comando
activity-is-database-restored = restaurou uma cópia de segurança pela linha de comando

# Detalhes
activity-field-name = Nome
activity-field-language = Idioma
activity-field-zone = Fuso horário
activity-field-activity-days = Prazo do registro
activity-field-logo = Logotipo
activity-field-hours = Horário de atendimento
activity-field-holiday = Feriado
activity-field-role = Papel
activity-field-rights-added = Permissões dadas
activity-field-rights-removed = Permissões tiradas
activity-field-second-factor = Segundo fator
activity-logo-set = definido
activity-logo-replaced = outro
activity-second-factor-optional = opcional
activity-second-factor-required = obrigatório
