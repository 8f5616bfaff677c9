# Mover uma conversa para outra caixa de entrada
move-title = Mover para outra caixa de entrada
move-lead = As próximas respostas saem pela caixa escolhida, e quem tem acesso a ela vê a conversa. Respostas a e-mails antigos continuam chegando na mesma conversa.
move-none = Você não tem acesso a outra caixa de entrada.
move-releases = { $name } não tem acesso a esta caixa: a conversa fica sem dono
moved = Conversa movida.
conflict-move-channel = Esta caixa é de outro canal: por ela não dá para falar com o contato
conflict-move-lost = Esta caixa está sem conexão agora
conflict-move-off = Esta caixa está desconectada
fact-moved = { $by } moveu de { $from } para { $to }
fact-out-of-reach = Ficou sem dono: { $who } não tem acesso a esta caixa

# Unir duas conversas
merge-open = Unir com outra conversa
merge-title = Unir conversas
merge-search = Número, assunto, palavra ou nome
merge-find = Buscar
merge-same = Do mesmo contato
merge-others = De outros contatos
merge-none = Não há outra conversa deste contato. Busque por número, assunto ou nome.
merge-not-found = Nada encontrado. Confira o número ou busque outra palavra.
merge-row = Nº { $number } · { $name } · { $about }
merge-stays = Qual das duas fica?
merge-goes = Mensagens, anexos, anotações, etiquetas, rascunhos e respostas agendadas da outra vêm para ela, na ordem do tempo.
merge-keeps = Contato, assunto e responsável são os da que fica. As outras pessoas que escreveram continuam na conversa.
merge-undo-lead = A outra passa a levar para ela. Dá para desfazer até chegar ou sair a próxima mensagem.
merge-inboxes = As duas estão em caixas diferentes: quem não tem acesso à caixa da que fica deixa de ver a outra.
merge-other = Escolher outra
merged = Conversas unidas.
merged-meanwhile = A conversa foi unida a esta, e o que você escreveu está aqui.
merge-undo = Desfazer a união
merge-undone = União desfeita
conflict-merge-itself = Escolha outra conversa: esta é a mesma.
conflict-merged-already = Alguém foi mais rápido: uma das duas já foi unida a outra conversa.
conflict-merge-spam = Uma das duas está no spam. Tire do spam antes de unir.
conflict-merge-channel = As duas são de canais diferentes e não podem ser unidas.
conflict-merge-answered = Já chegou ou saiu uma mensagem depois da união, por isso ela não pode mais ser desfeita. Você ainda pode separar mensagens.
conflict-merge-undone = Esta união já foi desfeita.
fact-merged = { $by } uniu a conversa nº { $number } a esta
fact-parted = { $by } desfez a união com a conversa nº { $number }
away-merged-title = Esta conversa foi unida a outra
away-merged = { $by } uniu em { $when }. Tudo o que foi dito está na conversa nº { $number }.
away-moved-title = Esta conversa foi para outra caixa
away-moved = { $by } moveu em { $when } para uma caixa à qual você não tem acesso.
away-open = Abrir a conversa

# Separar mensagens
split-open = Separar desta conversa
split-title = Separar em outra conversa
split-of = Mensagem de { $name }
split-lead = Isto começa uma conversa nova com quem escreveu a mensagem. As respostas vão para lá.
split-one = Separar só esta mensagem
split-rest =
    { $n ->
        [one] Separar esta e a mensagem depois dela
       *[other] Separar esta e as { $n } mensagens depois dela
    }
split-done = Esta é a conversa nova, com as mensagens separadas.
conflict-split-all = Pelo menos uma mensagem precisa ficar na conversa.
conflict-split-spam = Esta conversa está no spam. Tire do spam antes de separar.
fact-split = { $by } separou mensagens na conversa nº { $number }
fact-split-off = { $by } separou esta conversa da conversa nº { $number }
joined-open = ir para ela

activity-is-conversation-moved = moveu a conversa { $conversation } para a caixa { $inbox }
activity-is-conversation-merged = uniu outra conversa à conversa { $conversation } da caixa { $inbox }
activity-is-conversation-parted = desfez uma união da conversa { $conversation } da caixa { $inbox }
activity-is-conversation-split = separou mensagens da conversa { $conversation } da caixa { $inbox }
