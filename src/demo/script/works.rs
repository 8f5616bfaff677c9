//! Conversations about building sites: deliveries, dates, photos.

use super::super::story::Step::{
    Answers, Assigns, Closes, Encloses, Notes, PutsOff, Reads, Sends, Tags, Writes, WritesHtml,
};
use super::super::story::Story;
use super::{DIEGO, OBRAS, PATRICIA, RENATA};
use crate::conversations::model::Until;

/// In no order.
pub const STORIES: &[Story] = &[
    Story {
        who: ("Wagner Pinheiro", "wagner@pinheiromarmores.com.br"),
        inbox: OBRAS,
        subject: "Corte do tampo da recepção",
        began: 22,
        steps: &[
            (0, Writes("Diego, o corte do tampo entra na máquina amanhã cedo. Confirma 3,10 m com o recuo da pia?")),
            (1, Assigns(DIEGO, DIEGO)),
            (2, Answers(DIEGO, "Confirmo, Wagner: 3,10 m, recuo de 4 cm do lado da janela.")),
            (4, Writes("Fechado. Entrego na segunda.")),
            (5, Reads(DIEGO)),
            (5, Tags(DIEGO, "Fornecedor")),
        ],
    },
    Story {
        who: ("Elétrica Aurora", "obras@eletricaaurora.com.br"),
        inbox: OBRAS,
        subject: "Troca do quadro de luz do 302",
        began: 66,
        steps: &[
            (
                0,
                WritesHtml(
                    "<p>Bom dia,</p><p>segue o que falta para a troca do quadro:</p><ul><li>disjuntor geral de 63 A</li><li>dois DR de 40 A</li><li>barramento de terra</li></ul><p>Sem isso a equipe não entra na quarta.</p><blockquote>Obras Vereda escreveu: o que falta para quarta?</blockquote>",
                ),
            ),
            (2, Assigns(PATRICIA, DIEGO)),
            (3, Notes(DIEGO, "Pedi os DR na loja da Rua Tupis, chegam amanhã.")),
            (20, Answers(DIEGO, "Bom dia! O material chega amanhã e fica na portaria. Quarta está de pé.")),
            (21, Tags(DIEGO, "Fornecedor")),
            (21, PutsOff(DIEGO, Until::Monday)),
        ],
    },
    Story {
        who: ("Sandra Couto", "sandra.couto@correio.com.br"),
        inbox: OBRAS,
        subject: "Rachadura no gesso da sala",
        began: 12,
        steps: &[(
            0,
            Sends(
                "Bom dia. Apareceu uma rachadura no gesso da sala, perto da janela. Mando a foto. É normal?",
                "gesso-sala.png",
                "image/png",
            ),
        )],
    },
    Story {
        who: ("Vidraçaria Horizonte", "pedidos@vidrahorizonte.com.br"),
        inbox: OBRAS,
        subject: "Pedido 4471: box e espelhos",
        began: 90,
        steps: &[
            (
                0,
                Sends("Segue o pedido para conferência. Prazo de 12 dias úteis.", "pedido-4471.pdf", "application/pdf"),
            ),
            (6, Assigns(RENATA, RENATA)),
            (
                7,
                Encloses(
                    RENATA,
                    "Conferido, com uma correção na altura do espelho do lavabo. Segue assinado.",
                    "pedido-4471-assinado.pdf",
                    "application/pdf",
                ),
            ),
            (26, Writes("Recebido, vai para a produção hoje.")),
            (27, Closes(RENATA)),
        ],
    },
    Story {
        who: ("Paulo Henrique Dias", "ph.dias@correio.com.br"),
        inbox: OBRAS,
        subject: "Barulho depois das 17h",
        began: 40,
        steps: &[
            (0, Writes("Moro no 201. A furadeira passou das 17h ontem e hoje. O regimento não permite.")),
            (1, Assigns(PATRICIA, DIEGO)),
            (1, Notes(PATRICIA, "Diego, responda você e fale com a equipe antes. Já é a segunda reclamação.")),
            (2, Answers(DIEGO, "Boa tarde, Paulo. Você tem razão, desculpe. A equipe para às 16h30 a partir de hoje.")),
            (22, Writes("Obrigado pelo retorno. Hoje foi silencioso.")),
        ],
    },
    Story {
        who: ("Tintas Ipê", "atendimento@tintasipe.com.br"),
        inbox: OBRAS,
        subject: "Lote da tinta verde-sálvia",
        began: 110,
        steps: &[
            (0, Writes("O lote 2211 da verde-sálvia saiu mais claro. Trocamos sem custo, é só avisar quantas latas.")),
            (3, Assigns(DIEGO, DIEGO)),
            (4, Answers(DIEGO, "Foram seis latas, só duas abertas. Quando podem buscar?")),
            (24, Writes("Amanhã entre 8h e 10h.")),
            (25, Answers(DIEGO, "Combinado, estarei na obra.")),
        ],
    },
    Story {
        who: ("Lígia Barreto", "ligia@barretopaisagismo.com.br"),
        inbox: OBRAS,
        subject: "Vasos da varanda",
        began: 55,
        steps: &[
            (0, Writes("As jabuticabeiras chegam com 1,80 m. O elevador de serviço comporta?")),
            (5, Reads(DIEGO)),
        ],
    },
];
