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
activity-details = Ver { $n } detalhes
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
activity-is-password-changed =
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
activity-is-inbox-member-added = pôs { $user } na caixa { $inbox }
activity-is-inbox-member-removed = tirou { $user } da caixa { $inbox }

# Entradas na conta
activity-is-session-refused =
    { $known ->
        [no] tentou entrar com um e-mail desconhecido
       *[yes] tentou entrar na conta de { $user } e não conseguiu
    }
activity-is-email-changed =
    { $by ->
        [self] trocou o próprio e-mail
       *[other] trocou o e-mail de { $user }
    }
activity-is-second-factor-enabled = ligou o segundo fator da própria conta
activity-is-second-factor-disabled =
    { $by ->
        [self] desligou o segundo fator da própria conta
       *[other] desligou o segundo fator de { $user }
    }
activity-is-second-factor-reset =
    { $by ->
        [server] retirou o segundo fator de { $user } pela linha de comando
       *[other] retirou o segundo fator de { $user }
    }
activity-is-second-factor-used-recovery-code =
    { $n ->
        [one] entrou com um código de recuperação; resta 1
       *[other] entrou com um código de recuperação; restam { $n }
    }
activity-is-second-factor-codes-renewed = gerou novos códigos de recuperação
activity-is-second-factor-rule-changed =
    { $rule ->
        [required] tornou o segundo fator obrigatório para todos
       *[optional] tornou o segundo fator opcional
    }

# Equipe
activity-is-user-role-changed =
    { $by ->
        [server] mudou o papel de { $user } pela linha de comando
       *[other] mudou o papel de { $user }
    }
activity-is-user-rights-changed = mudou as permissões de { $user }
activity-is-user-disabled =
    { $by ->
        [server] desativou a conta de { $user } pela linha de comando
       *[other] desativou a conta de { $user }
    }
activity-is-user-enabled =
    { $by ->
        [server] reativou a conta de { $user } pela linha de comando
       *[other] reativou a conta de { $user }
    }
activity-is-user-password-reset-sent = enviou a { $user } um link para trocar a senha
activity-is-user-signed-out = encerrou todas as sessões de { $user }
activity-is-workspace-transferred =
    { $by ->
        [server] passou a propriedade para { $user } pela linha de comando
       *[other] passou a propriedade para { $user }
    }
activity-is-invitation-created =
    { $known ->
        [no] convidou uma pessoa para a equipe
       *[yes] convidou { $about } para a equipe
    }
activity-is-invitation-sent-again =
    { $known ->
        [no] enviou um convite de novo
       *[yes] enviou de novo o convite a { $about }
    }
activity-is-invitation-revoked =
    { $known ->
        [no] cancelou um convite
       *[yes] cancelou o convite a { $about }
    }
activity-is-invitation-accepted = aceitou o convite e entrou na equipe
activity-is-team-created =
    { $known ->
        [no] criou uma equipe que já não existe
       *[yes] criou a equipe { $about }
    }
activity-is-team-changed =
    { $known ->
        [no] mudou uma equipe que já não existe
       *[yes] mudou a equipe { $about }
    }
activity-is-team-deleted = apagou uma equipe
activity-is-team-joined =
    { $known ->
        [no] pôs { $user } em uma equipe que já não existe
       *[yes] pôs { $user } na equipe { $about }
    }
activity-is-team-left =
    { $known ->
        [no] tirou { $user } de uma equipe que já não existe
       *[yes] tirou { $user } da equipe { $about }
    }

# Caixas e conversas
activity-is-inbox-joined = passou a ler a caixa { $inbox }
activity-is-inbox-disconnected = desconectou a caixa { $inbox }
activity-is-sender-blocked =
    { $known ->
        [no] bloqueou um remetente
       *[yes] bloqueou o remetente { $about }
    }
activity-is-sender-unblocked = desbloqueou um remetente
activity-is-answers-stopped = parou por um dia as respostas automáticas da caixa { $inbox }: eram demais
activity-is-spam-marked = marcou como spam a conversa { $conversation } da caixa { $inbox }
activity-is-spam-cleared = tirou do spam a conversa { $conversation } da caixa { $inbox }
activity-is-conversation-deleted = apagou de vez a conversa { $conversation } da caixa { $inbox }

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
activity-logo-set = definido
activity-logo-replaced = outro
