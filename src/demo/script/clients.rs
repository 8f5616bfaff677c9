//! Conversations with clients of the shop: questions, budgets, choices, what went wrong.

use super::super::story::Step::{
    Answers, Assigns, Away, Bounces, Closes, Edits, Encloses, Notes, Presses, Quotes, Reacts, Reads, Refused, Reopens,
    Schedules, Sends, Tags, TakesBack, Unsure, Writes, WritesHtml,
};
use super::super::story::Story;
use super::{CAMILA, DIEGO, LOJA, OBRAS, PATRICIA, RENATA};
use crate::conversations::model::Priority;

/// In no order.
pub const STORIES: &[Story] = &[
    Story {
        who: ("Helena Duarte", "helena@bemviver.com.br"),
        inbox: LOJA,
        subject: "Orçamento da recepção, revisão 3",
        began: 18,
        steps: &[
            (
                0,
                Sends(
                    "Oi Camila, tudo bem?\n\nVimos a revisão 2 com a diretoria. Gostamos muito do balcão em L, mas o valor passou do que tínhamos reservado. Dá para trocar o tampo de quartzo por granito e manter o resto?\n\nMando a planta com as cotas que medimos ontem.",
                    "planta-recepcao.pdf",
                    "application/pdf",
                ),
            ),
            (1, Assigns(PATRICIA, CAMILA)),
            (
                15,
                Notes(DIEGO, "@Camila com granito São Gabriel fica em R$ 18.940. Posso segurar esse preço até sexta."),
            ),
            (
                16,
                Encloses(
                    CAMILA,
                    "Bom dia, Helena! Dá sim. Com granito São Gabriel o total fica em R$ 18.940,00, com o mesmo prazo de 35 dias. O orçamento novo vai em anexo.",
                    "orcamento-revisao-3.pdf",
                    "application/pdf",
                ),
            ),
            (
                17,
                Quotes(
                    "Ficou ótimo. Se mantiver os 35 dias, fechamos. Consegue me mandar a aprovação para eu assinar?",
                    "Camila Rocha",
                    "Bom dia, Helena! Dá sim. Com granito São Gabriel o total fica em R$ 18.940,00, com o mesmo prazo de 35 dias.",
                ),
            ),
            (17, Reads(CAMILA)),
            (17, Tags(CAMILA, "Orçamento")),
            (17, Presses(CAMILA, Priority::High)),
        ],
    },
    Story {
        who: ("Lúcia Amaral", "lucia.amaral@correio.com.br"),
        inbox: LOJA,
        subject: "O marceneiro vem hoje?",
        began: 2,
        steps: &[
            (0, Writes("Bom dia! O marceneiro vem hoje mesmo? Preciso avisar a portaria até as 9h.")),
            (1, Writes("Só confirmando: a portaria pede nome e documento.")),
        ],
    },
    Story {
        who: ("Rafael Nogueira", "rafa.nogueira@nuvem.com"),
        inbox: LOJA,
        subject: "Cozinha azul",
        began: 1,
        steps: &[(
            0,
            WritesHtml(
                "<p>Oi, pessoal!</p><p>Vi a <b>cozinha azul</b> no site de vocês. Quanto fica uma parecida para um apartamento de <i>70 m²</i>? É 🏠 nosso primeiro.</p><p><a href=\"https://example.com/foto\">foto da nossa</a></p><img src=\"https://example.com/pixel.png\">",
            ),
        )],
    },
    Story {
        who: ("Tiago Bastos", "tiago@bastoscafe.com.br"),
        inbox: LOJA,
        subject: "Visita ao café na sexta",
        began: 30,
        steps: &[
            (0, Writes("Vocês conseguem vir ao café na sexta de manhã?")),
            (2, Assigns(CAMILA, CAMILA)),
            (3, Answers(CAMILA, "Oi, Tiago! Sexta às 9h funciona. Levo as amostras de piso.")),
            (5, Writes("Perfeito.")),
            (6, Answers(CAMILA, "Combinado! Até sexta.")),
            (7, Reacts("👍")),
        ],
    },
    Story {
        who: ("Padaria Estrela do Sul", "compras@estreladosul.com.br"),
        inbox: LOJA,
        subject: "Medidas do balcão refrigerado",
        began: 28,
        steps: &[
            (0, Writes("Segue a ficha do balcão: 2,40 m por 0,85 m, saída de ar atrás. Cabe na parede do fundo?")),
            (1, Edits("Segue a ficha do balcão: 2,60 m por 0,85 m, saída de ar atrás. Cabe na parede do fundo?")),
            (1, Assigns(CAMILA, CAMILA)),
            (2, Reads(CAMILA)),
            (3, Schedules(CAMILA, "Cabe, sim: a parede do fundo tem 3,10 m. Mando o desenho na visita.")),
        ],
    },
    Story {
        who: ("Marina Vilela", "marina.vilela@correio.com.br"),
        inbox: LOJA,
        subject: "Vocês atendem em Nova Lima?",
        began: 50,
        steps: &[
            (0, Writes("Boa tarde. Vocês atendem em Nova Lima? É uma casa de dois andares.")),
            (1, Answers(DIEGO, "Boa tarde, Marina! Atendemos sim, toda terça estamos por aí. Posso ligar amanhã?")),
            (1, Assigns(DIEGO, DIEGO)),
        ],
    },
    Story {
        who: ("Condomínio Bela Vista", "sindico@belavista.org.br"),
        inbox: OBRAS,
        subject: "Ata da assembleia e próximos passos da reforma do hall, das duas escadas e da rampa de acesso para cadeirantes",
        began: 80,
        steps: &[
            (
                0,
                Sends(
                    "Prezados,\n\nsegue a ata. A reforma do hall foi aprovada por 21 a 4.\n\nPrecisamos do cronograma até o dia 10.",
                    "ata-assembleia.pdf",
                    "application/pdf",
                ),
            ),
            (4, Assigns(PATRICIA, DIEGO)),
            (5, Notes(PATRICIA, "Diego, o síndico é exigente com prazo. Melhor prometer uma semana a mais.")),
            (
                6,
                Answers(
                    DIEGO,
                    "Bom dia! Parabéns pela aprovação. O cronograma segue até o dia 8, com folga para a vistoria.",
                ),
            ),
        ],
    },
    Story {
        who: ("Gustavo Prado", "gustavo@pradoeletrica.com.br"),
        inbox: OBRAS,
        subject: "Planta elétrica do consultório",
        began: 44,
        steps: &[
            (0, Sends("A planta elétrica seguiu em anexo. Faltam dois pontos na copa.", "eletrica.png", "image/png")),
            (3, Assigns(DIEGO, DIEGO)),
            (4, Reads(DIEGO)),
        ],
    },
    Story {
        who: ("Ana Figueira", "ana.figueira@nuvem.com"),
        inbox: LOJA,
        subject: "Remarcar a reunião",
        began: 52,
        steps: &[
            (0, Writes("Preciso remarcar a reunião de quarta. Quinta serve?")),
            (1, Assigns(CAMILA, CAMILA)),
            (2, Answers(CAMILA, "Claro. Pode ser quinta às 15h?")),
            (20, Writes("Mãe, você busca o Léo na escola hoje? Saio tarde.")),
            (20, TakesBack),
            (21, Reads(CAMILA)),
        ],
    },
    Story {
        who: ("Beatriz Sato", "bia.sato@correio.com.br"),
        inbox: LOJA,
        subject: "Nota fiscal da consultoria",
        began: 96,
        steps: &[
            (0, Writes("Não recebi a nota da consultoria de outubro. Podem reenviar?")),
            (2, Answers(PATRICIA, "Oi, Bia! Reenviei agora há pouco, dê uma olhada também no spam.")),
            (3, Writes("Chegou, obrigada.")),
            (4, Closes(PATRICIA)),
        ],
    },
    Story {
        who: ("Otávio Reis", "otavio@reisadv.com.br"),
        inbox: LOJA,
        subject: "Contrato de reforma",
        began: 120,
        steps: &[
            (0, Writes("Segue a minuta com as duas cláusulas que combinamos. Fico no aguardo.")),
            (5, Assigns(PATRICIA, PATRICIA)),
            (6, Answers(PATRICIA, "Dr. Otávio, está tudo certo. Assino hoje.")),
            (7, Away("Estou em audiência até quinta-feira e respondo na volta.")),
        ],
    },
    Story {
        who: ("Renato Farias", "renato@bemvivr.com.br"),
        inbox: LOJA,
        subject: "Portfólio",
        began: 70,
        steps: &[
            (0, Writes("Podem mandar o portfólio de clínicas?")),
            (1, Assigns(CAMILA, CAMILA)),
            (2, Answers(CAMILA, "Claro, Renato! Segue o link do portfólio: https://vereda.arq.br/clinicas")),
            (3, Bounces),
        ],
    },
    Story {
        who: ("Sílvia Moura", "silvia@mouraflores.com.br"),
        inbox: LOJA,
        subject: "Vitrine de Natal",
        began: 8,
        steps: &[
            (0, Writes("Vocês fazem vitrine de Natal? Tenho 3 m de frente e pouco tempo.")),
            (1, Assigns(CAMILA, CAMILA)),
            (2, Refused(CAMILA, "Fazemos sim, Sílvia. Mando duas ideias até amanhã.")),
        ],
    },
    Story {
        who: ("Edu Campos", "edu@camposodonto.com.br"),
        inbox: OBRAS,
        subject: "Poeira na sala ao lado",
        began: 26,
        steps: &[
            (0, Writes("A poeira da obra está passando para a sala de atendimento. Dá para vedar a porta?")),
            (1, Assigns(PATRICIA, DIEGO)),
            (2, Answers(DIEGO, "Dá sim, Edu. A equipe veda hoje à tarde e deixa um tapete úmido na entrada.")),
            (2, Unsure),
        ],
    },
    Story {
        who: ("ليلى حداد", "leila.haddad@correio.com.br"),
        inbox: LOJA,
        subject: "Restaurante na Savassi",
        began: 60,
        steps: &[
            (
                0,
                Writes(
                    "Olá! Vou abrir um restaurante de comida árabe na Savassi e procuro um projeto completo.\n\nمع أطيب التحيات،\nليلى",
                ),
            ),
            (3, Reads(PATRICIA)),
        ],
    },
    Story {
        who: ("Emily Carter", "emily.carter@northlight.example"),
        inbox: LOJA,
        subject: "Photo shoot in one of your projects",
        began: 34,
        steps: &[
            (
                0,
                Writes(
                    "Hello,\n\nwe are a small publisher and would love to photograph the Vila Rica house for a book on tropical homes. Would the owners agree?\n\nBest,\nEmily",
                ),
            ),
            (4, Notes(CAMILA, "Falei com os donos da casa: topam, se for em janeiro.")),
        ],
    },
    Story {
        who: ("Casa & Pedra", "novidades@casaepedra.com.br"),
        inbox: LOJA,
        subject: "Novas pedras de novembro",
        began: 130,
        steps: &[(
            0,
            WritesHtml(
                "<table><tr><td><h2>Chegaram as pedras de novembro</h2><p>Granito São Gabriel, quartzito Taj Mahal e mais 12 cores.</p><img src=\"https://example.com/banner.jpg\" width=\"600\"></td></tr></table>",
            ),
        )],
    },
    Story {
        who: ("Joana Sampaio", "joana.sampaio@nuvem.com"),
        inbox: LOJA,
        subject: "Cor da porta",
        began: 200,
        steps: &[
            (0, Writes("Verde-musgo ou azul-petróleo para a porta de entrada?")),
            (2, Answers(CAMILA, "Azul-petróleo conversa melhor com o piso. Mando uma simulação.")),
            (20, Writes("Amei! Vamos de azul.")),
            (21, Closes(CAMILA)),
            (90, Writes("Voltei com uma dúvida: o azul é fosco ou acetinado?")),
            (92, Answers(CAMILA, "Acetinado, Joana: limpa mais fácil.")),
            (93, Closes(CAMILA)),
        ],
    },
    Story {
        who: ("Marcos Teles", "marcos@telesimoveis.com.br"),
        inbox: OBRAS,
        subject: "Chave do apartamento 302",
        began: 150,
        steps: &[
            (0, Writes("Deixei a chave na portaria, em nome do Diego.")),
            (1, Answers(DIEGO, "Obrigado, Marcos. Já buscamos.")),
            (2, Closes(DIEGO)),
            (30, Reopens(PATRICIA)),
            (30, Notes(PATRICIA, "Reabri: precisamos devolver a chave até segunda.")),
            (31, Assigns(PATRICIA, DIEGO)),
        ],
    },
    Story {
        who: ("Clara Peixoto", "clara@peixotojoias.com.br"),
        inbox: LOJA,
        subject: "Iluminação da joalheria",
        began: 5,
        steps: &[(
            0,
            Sends(
                "Boa tarde! Segue uma foto da vitrine. As peças ficam amareladas com a luz de hoje; o que vocês sugerem?",
                "vitrine.png",
                "image/png",
            ),
        )],
    },
    Story {
        who: ("Vera Lopes", "vera.lopes@correio.com.br"),
        inbox: LOJA,
        subject: "Apartamento na Serra",
        began: 300,
        steps: &[
            (0, Writes("Obrigada pelo projeto, a família adorou.")),
            (2, Answers(CAMILA, "Que alegria, Vera! Passo para tomar um café.")),
            (3, Closes(CAMILA)),
        ],
    },
    Story {
        who: ("Nilton Braga", "nilton@bragametais.com.br"),
        inbox: OBRAS,
        subject: "Entrega dos metais",
        began: 20,
        steps: &[
            (0, Writes("A entrega dos metais atrasou dois dias. Chega na quinta às 14h.")),
            (1, Assigns(RENATA, RENATA)),
            (2, Notes(RENATA, "Avisar o encanador.")),
        ],
    },
];
