//! Conversations about the studio itself: its own inbox of the owner, suppliers of services, people who look for work.

use super::super::story::Step::{Answers, Assigns, Notes, Reads, Sends, Writes, WritesHtml};
use super::super::story::Story;
use super::{CAMILA, DIRECAO, LOJA, PATRICIA};

/// In no order.
pub const STORIES: &[Story] = &[
    Story {
        who: ("Contabilidade Minas", "luana@contabilminas.com.br"),
        inbox: DIRECAO,
        subject: "Guia do ISS de novembro",
        began: 46,
        steps: &[
            (0, Sends("Patrícia, segue a guia do ISS. Vence no dia 25.", "iss-novembro.pdf", "application/pdf")),
            (2, Assigns(PATRICIA, PATRICIA)),
            (3, Answers(PATRICIA, "Obrigada, Luana. Pago hoje.")),
        ],
    },
    Story {
        who: ("Bruno Siqueira", "bruno@siqueiraadvogados.com.br"),
        inbox: DIRECAO,
        subject: "Sociedade: minuta do aditivo",
        began: 10,
        steps: &[(
            0,
            Sends(
                "Patrícia, bom dia.\n\nSegue a minuta do aditivo com a nova divisão das cotas. Prefiro conversar por telefone antes de mandar aos demais.",
                "aditivo-minuta.pdf",
                "application/pdf",
            ),
        )],
    },
    Story {
        who: ("Isabela Quintão", "isaquintao@nuvem.com"),
        inbox: LOJA,
        subject: "Estágio em interiores",
        began: 75,
        steps: &[
            (
                0,
                Sends(
                    "Olá! Estou no 7º período de arquitetura e procuro estágio. Mando o portfólio. Posso passar aí para conversar?",
                    "portfolio-isabela.pdf",
                    "application/pdf",
                ),
            ),
            (8, Notes(CAMILA, "Bom portfólio. Patrícia, vale chamar em janeiro?")),
            (30, Assigns(PATRICIA, PATRICIA)),
            (
                31,
                Answers(
                    PATRICIA,
                    "Oi, Isabela! Gostamos do seu trabalho. As vagas abrem em janeiro; escrevo até o dia 10.",
                ),
            ),
            (33, Writes("Que notícia boa, obrigada. Fico no aguardo 🙂")),
        ],
    },
    Story {
        who: ("James O'Connor", "james@oconnorstone.example"),
        inbox: LOJA,
        subject: "Sample box of Brazilian quartzite",
        began: 98,
        steps: &[
            (
                0,
                Writes(
                    "Hi there,\n\nwe export Brazilian quartzite and would like to send you a sample box. Which address is best?\n\nKind regards,\nJames",
                ),
            ),
            (5, Assigns(CAMILA, CAMILA)),
            (
                6,
                Answers(
                    CAMILA,
                    "Hello James, thank you. Rua Fernandes Tourinho 470, Savassi, Belo Horizonte. Mornings are best.",
                ),
            ),
        ],
    },
    Story {
        who: ("Provedor Serra Net", "cobranca@serranet.com.br"),
        inbox: LOJA,
        subject: "Sua fatura de novembro está disponível",
        began: 140,
        steps: &[
            (
                0,
                WritesHtml(
                    "<table width=\"100%\"><tr><td><h2>Fatura de novembro</h2><p>Valor: <b>R$ 249,90</b><br>Vencimento: dia 28</p><p><a href=\"https://example.com/fatura\">Ver a fatura</a></p></td></tr></table>",
                ),
            ),
            (3, Reads(PATRICIA)),
        ],
    },
];
