//! Conversations that have come to their end.

use super::super::story::Step::{Answers, Assigns, Closes, Encloses, Notes, Sends, Writes};
use super::super::story::Story;
use super::{CAMILA, DIEGO, LOJA, OBRAS, PATRICIA, RENATA};

/// In no order.
pub const STORIES: &[Story] = &[
    Story {
        who: ("Fernanda Rezende", "fernanda@rezendepilates.com.br"),
        inbox: LOJA,
        subject: "Espelhos do estúdio de pilates",
        began: 310,
        steps: &[
            (0, Writes("Os espelhos podem ir até o chão ou fica perigoso com as bolas?")),
            (3, Assigns(CAMILA, CAMILA)),
            (
                4,
                Answers(
                    CAMILA,
                    "Melhor parar a 20 cm do chão, com um rodapé de madeira. Protege e alinha com as janelas.",
                ),
            ),
            (7, Writes("Ótima ideia. Pode seguir assim.")),
            (8, Closes(CAMILA)),
        ],
    },
    Story {
        who: ("Helena Duarte", "helena@bemviver.com.br"),
        inbox: LOJA,
        subject: "Orçamento da recepção, revisão 2",
        began: 290,
        steps: &[
            (0, Writes("Camila, recebi a primeira versão. Dá para incluir o painel atrás do balcão?")),
            (2, Assigns(CAMILA, CAMILA)),
            (
                5,
                Encloses(
                    CAMILA,
                    "Oi, Helena! Incluí o painel ripado. A revisão 2 vai em anexo.",
                    "orcamento-revisao-2.pdf",
                    "application/pdf",
                ),
            ),
            (26, Writes("Recebido. Levo à diretoria e volto.")),
            (27, Closes(CAMILA)),
        ],
    },
    Story {
        who: ("Escola Pequeno Passo", "secretaria@pequenopasso.edu.br"),
        inbox: LOJA,
        subject: "Altura das pias do berçário",
        began: 250,
        steps: &[
            (0, Writes("A vigilância pediu pias a 60 cm do chão no berçário. O projeto prevê isso?")),
            (2, Assigns(PATRICIA, CAMILA)),
            (3, Notes(CAMILA, "O projeto está com 65 cm. Ajusto antes de responder.")),
            (5, Answers(CAMILA, "Prevê sim: a revisão de hoje está com 60 cm, com ponto de água fria e morna.")),
            (6, Closes(CAMILA)),
        ],
    },
    Story {
        who: ("Marcenaria Jequitibá", "oficina@jequitiba.com.br"),
        inbox: OBRAS,
        subject: "Puxadores do armário de entrada",
        began: 230,
        steps: &[
            (0, Sends("Qual dos dois puxadores, o de cima ou o de baixo da foto?", "puxadores.png", "image/png")),
            (1, Assigns(DIEGO, DIEGO)),
            (2, Answers(DIEGO, "O de baixo, em latão escovado.")),
            (3, Writes("Beleza.")),
            (3, Closes(DIEGO)),
        ],
    },
    Story {
        who: ("Regina Alvim", "regina.alvim@correio.com.br"),
        inbox: LOJA,
        subject: "Consultoria de cores",
        began: 215,
        steps: &[
            (0, Writes("Quanto custa só a consultoria de cores para três quartos?")),
            (1, Answers(CAMILA, "Oi, Regina! São R$ 480,00 por ambiente, com visita e paleta impressa.")),
            (20, Writes("Vou conversar em casa e volto, obrigada.")),
            (21, Closes(CAMILA)),
        ],
    },
    Story {
        who: ("Caçambas Gerais", "agenda@cacambasgerais.com.br"),
        inbox: OBRAS,
        subject: "Retirada da caçamba",
        began: 190,
        steps: &[
            (0, Writes("A caçamba da Rua da Bahia encheu. Retiramos amanhã às 7h?")),
            (1, Assigns(RENATA, RENATA)),
            (1, Answers(RENATA, "Pode retirar, o portão fica aberto.")),
            (23, Writes("Retirada feita.")),
            (24, Closes(RENATA)),
        ],
    },
    Story {
        who: ("Álvaro Mendonça", "alvaro@mendoncavinhos.com.br"),
        inbox: LOJA,
        subject: "Adega da loja: temperatura e umidade",
        began: 172,
        steps: &[
            (0, Writes("A adega precisa de 14 °C e 70% de umidade. O vidro duplo segura?")),
            (4, Assigns(CAMILA, CAMILA)),
            (
                6,
                Answers(
                    CAMILA,
                    "Segura, com a vedação que especificamos. Deixo o fabricante explicar na visita de terça.",
                ),
            ),
            (9, Closes(CAMILA)),
        ],
    },
    Story {
        who: ("Joana Sampaio", "joana.sampaio@nuvem.com"),
        inbox: LOJA,
        subject: "Data da entrega das cortinas",
        began: 165,
        steps: &[
            (0, Writes("As cortinas chegam antes do feriado?")),
            (2, Answers(CAMILA, "Chegam na véspera, Joana, entre 13h e 17h.")),
            (3, Writes("Ótimo.")),
            (4, Closes(CAMILA)),
        ],
    },
];
