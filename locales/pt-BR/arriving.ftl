# O que sai sozinho quando alguém escreve
greeting = Saudação a quem começa uma conversa
greeting-hint = { "{" }company{ "}" } vira o nome da empresa.
greeting-closed = Resposta fora do horário de atendimento
greeting-closed-hint = { "{" }next_opening{ "}" } vira o próximo atendimento, por exemplo "amanhã às 09:00", e { "{" }company{ "}" } o nome da empresa. Vazia: fora do horário vai a saudação.
greeting-rules = Vai no idioma do contato; sem ele, no da caixa; sem ele, no do espaço de trabalho. Sai no máximo uma vez por conversa e uma vez por dia de cada tipo para cada remetente, nunca para e-mails automáticos, listas, spam ou bloqueados. Acima de 100 em uma hora, todas param por um dia e você é avisado por e-mail.
greeting-field-wrong = Entre chaves, a saudação conhece só { "{" }company{ "}" }.
greeting-closed-field-wrong = Entre chaves, esta resposta conhece só { "{" }company{ "}" } e { "{" }next_opening{ "}" }.
greeting-soon = em breve
greeting-now = Se alguém escrevesse agora
greeting-now-nothing = Nada sairia.
greeting-preview-to = Contato com o idioma { $language } recebe:
greeting-look = Ver o que sairia agora
activity-is-inbox-answering-changed = mudou como a caixa { $inbox } responde
activity-field-signature = Assinatura
activity-field-greeting-pt-BR = Saudação em português
activity-field-greeting-en = Saudação em inglês
activity-field-closed-pt-BR = Resposta fora do horário em português
activity-field-closed-en = Resposta fora do horário em inglês
activity-field-spam-marks = Filtro de spam do provedor
activity-field-new-after-days = Dias depois de encerrar para uma conversa nova
activity-marks-believed = seguido
activity-marks-ignored = ignorado

# O que contatos fazem com uma mensagem depois de enviada
message-edited = Editada pelo contato em { $when }
message-earlier = Ver o que dizia antes
message-earlier-until = Até { $when }:
message-withdrawn = Apagada pelo contato em { $when }. O texto não é mais mostrado.
message-withdrawn-line = Mensagem apagada pelo contato
message-unknown = Uma mensagem de um tipo que o Recado ainda não mostra ({ $kind }). Veja-a no aplicativo em que o contato escreveu.
message-unknown-line = Mensagem de um tipo que ainda não é mostrado
reactions = Reações
reaction-by = { $name } reagiu com { $emoji } em { $when }
transcript-about = Sobre a mensagem de { $name } em { $when }:

# E-mails recusados
blocked-kept = Recusados nos últimos 30 dias
blocked-kept-untitled = Sem assunto
blocked-kept-line = { $address }, para { $inbox }
blocked-kept-download = Baixar
blocked-kept-save = Baixar o e-mail { $subject }
