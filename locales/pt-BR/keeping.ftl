# Quanto tempo uma caixa guarda o que foi dito nela
keeping-title = Guarda
keeping-days = Dias que uma conversa encerrada é guardada
keeping-days-hint = De 30 a 36500, contados da última atividade. Vazio: para sempre. O que passa do prazo é apagado de vez, com os arquivos.
keeping-days-wrong = Escreva um número de 30 a 36500, ou deixe vazio.
keeping-messages = Mensagens guardadas de cada conversa
keeping-messages-hint = De 50 a 100000. Vazio: todas. Quando chega uma a mais, a mais antiga é apagada de vez.
keeping-messages-wrong = Escreva um número de 50 a 100000, ou deixe vazio.
keeping-sure = Entendo que o que é apagado não volta. Na caixa de e-mail do provedor ele continua.
keeping-sure-missing = Marque que entende: o que é apagado não volta.
keeping-ended =
    { $n ->
        [one] 1 conversa encerrada passa desse prazo e será apagada logo.
       *[other] { $n } conversas encerradas passam desse prazo e serão apagadas logo.
    }
keeping-ended-many = Mais de 1.000 conversas encerradas passam desse prazo e serão apagadas logo.
keeping-saved = Guarda salva
keeping-forbidden = Só quem conectou a caixa de entrada e o(a) proprietário(a) da empresa decidem quanto tempo ela guarda conversas.
activity-is-inbox-keeping-changed = mudou quanto tempo a caixa { $inbox } guarda conversas
activity-field-keep-messages = Mensagens guardadas de cada conversa
activity-field-keep-days = Dias que uma conversa encerrada é guardada

# Uma conversa em papel e em arquivo
transcript-open = Imprimir ou exportar
transcript-title = Conversa com { $name }
transcript-tools = Imprimir e exportar
transcript-hint = Para imprimir, use o comando do navegador (Ctrl+P).
transcript-print = Imprimir
transcript-with-notes = Incluir anotações internas
transcript-without-notes = Sem anotações internas
transcript-json = Baixar JSON
transcript-eml = Baixar e-mails (EML)
transcript-number = Conversa { $number }
transcript-note = Anotação interna
transcript-notes-warning = Com anotações internas: só para a equipe.
transcript-empty = Ainda não há mensagens.
transcript-next = Próxima parte
transcript-format-wrong = Escolha JSON ou EML.
transcript-file = conversa
transcript-mail = Conversa com { $name }
activity-is-conversation-exported =
    { $format ->
        [eml] exportou os e-mails da conversa { $conversation } da caixa { $inbox }
       *[other] exportou a conversa { $conversation } da caixa { $inbox } como JSON
    }
