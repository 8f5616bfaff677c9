# Acompanhar e silenciar conversas
watch = Acompanhar
watch-own = Acompanhar esta conversa
watch-stop = Deixar de acompanhar
watch-mute = Silenciar para mim
watch-unmute = Deixar de silenciar
watch-is-muted = Silenciada para você
watch-offer = Uma anotação menciona você. Acompanhe para saber do que vier.
watch-hint = Quem acompanha recebe avisos das mensagens e anotações como se a conversa fosse sua.
watch-begun = Agora você acompanha esta conversa.
watch-muted = Silenciada: você só recebe aviso se ela for atribuída a você.
watch-ended = Os avisos desta conversa voltaram ao normal.
watch-added = Agora esta pessoa também acompanha.
watch-all = Conversas que eu acompanho
watchers = Acompanhando
conflict-watch-muted = Esta pessoa não quer avisos desta conversa.
keys-watch = Acompanhar; silenciar
notices-watched-hint = O que você escolher para conversas suas vale também para mensagens e anotações das conversas que você acompanha. Das que você silenciou, só há aviso quando uma for atribuída a você.
notice-note-by = Anotação de { $by }: { $text }
notice-mail-note-by = { $by } escreveu uma anotação em { $when }:
notice-why-watched = Mensagem em uma conversa que você acompanha
notice-why-note = Anotação em uma conversa que você acompanha

# A resposta que ainda pode ser desfeita
row-answering = sendo respondida:

# Muitas de uma vez, e o que sobrou
bulk-limit = No máximo { $n } de cada vez. Depois, dá para continuar com as outras.
bulk-cut = Cabem { $n } de cada vez; as outras da lista ainda não foram mudadas.
bulk-rest = Continuar com as outras

# O que a última macro fez
macro-last = Última vez: { $name }, por { $by }, { $when }
