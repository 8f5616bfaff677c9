# Verificação em duas etapas
factor-menu = Segurança
factor-title = Verificação em duas etapas
factor-lead = Além da senha, a entrada pede um código de um aplicativo no seu celular. Quem descobrir sua senha não consegue entrar.
factor-back = Voltar para sua conta
factor-begin = Configurar
factor-draft-lead = A verificação começa a valer quando você escrever o primeiro código.
factor-step-app = Abra um aplicativo autenticador no celular, como Google Authenticator, Aegis ou 1Password.
factor-step-scan = Leia esta imagem com ele.
factor-qr = Código QR para o aplicativo autenticador. A mesma chave está abaixo, em letras.
factor-same-device = O aplicativo está neste aparelho: abrir
factor-by-hand = Ou escreva esta chave no aplicativo:
factor-step-code = Escreva os 6 números que o aplicativo mostra.
factor-confirm = Confirmar código
factor-on-since = Ativa desde { $date }
factor-codes-left = { $n ->
    [0] Não resta nenhum código de recuperação.
    [one] Resta 1 código de recuperação.
   *[other] Restam { $n } códigos de recuperação.
}
factor-codes-few = Gere novos códigos de recuperação antes que acabem: sem o celular, são o único jeito de entrar.
factor-change = Mudar
factor-move = Usar outro celular ou aplicativo
factor-new-codes = Gerar novos códigos de recuperação
factor-off = Desativar a verificação em duas etapas
factor-off-required = Sua empresa exige a verificação em duas etapas, por isso ela não pode ser desativada.
second-factor-required = Sua empresa exige a verificação em duas etapas, por isso ela não pode ser desativada.
second-factor-none = Esta pessoa não tem verificação em duas etapas.
second-factor-now-off = Verificação em duas etapas desativada. Seus outros aparelhos saíram.
second-factor-late = Esta chave venceu. Comece de novo.
enrolment-title = Proteja sua conta
enrolment-lead = Sua empresa exige a verificação em duas etapas: além da senha, um código de um aplicativo no seu celular. Leva 2 minutos.
codes-title = Guarde seus códigos de recuperação
codes-lead = Cada código deixa você entrar uma vez se perder o celular. Guarde onde ficam outros papéis importantes.
codes-download = Baixar
codes-file = recado-codigos-de-recuperacao.txt
codes-file-head = Códigos de recuperação do Recado. Cada um vale uma vez.
codes-once = Eles aparecem só agora. Códigos anteriores não valem mais, e seus outros aparelhos saíram.
codes-kept = Já guardei
copy = Copiar
copied = Copiado
continue = Continuar

# A segunda etapa da entrada
code-title = Escreva seu código
code-lead = Abra o aplicativo autenticador no celular.
code-label = Código
code-hint = 6 números do aplicativo, ou um código de recuperação.
code-wrong = Este código não confere ou já foi usado. Espere o próximo e tente de novo.
code-not-yet = Este código não confere. Veja se o relógio do celular está certo e escreva o próximo.
code-wait-recovery = Um código de recuperação vale na hora.
code-key-lost = Este servidor perdeu a chave que confere os códigos. Use um código de recuperação, ou peça a quem cuida dele: recado user reset-second-factor
code-late = Demorou demais. Entre de novo.
code-recovery = Sem o celular? Escreva um código de recuperação
code-back = Voltar para a entrada

# Quem precisa
factor-rule-menu = Segurança da entrada
factor-rule-lead = Uma senha pode ser adivinhada ou roubada. Com um código do celular, ela sozinha não abre nada.
factor-rule = Todas as pessoas precisam da verificação em duas etapas
factor-rule-hint = Quem não tem configura antes de qualquer outra coisa, a partir de agora.
factor-rule-now-required = A partir de agora todas as pessoas precisam da verificação em duas etapas
factor-rule-now-optional = Cada pessoa decide sobre a verificação em duas etapas
factor-rule-back = Voltar para a verificação em duas etapas
factor-roll = Quem tem
factor-held = Ativa desde { $date }
factor-not-held = Desativada
factor-reset = Redefinir
factor-reset-of = Redefinir para { $name }
factor-reset-title = Redefinir a verificação em duas etapas
factor-reset-lead = { $name } vai entrar só com a senha até configurar de novo, sai agora de todos os aparelhos e recebe um aviso por e-mail. Confirme que é mesmo essa pessoa quem pede.
factor-reset-done = A verificação em duas etapas foi redefinida.

# Um endereço novo
email-change-title = E-mail
email-new = E-mail novo
email-change-hint = Um link vai para o endereço novo. Nada muda até você abrir.
email-change = Trocar e-mail
email-asked = Enviamos um link para o endereço novo.
email-waiting = Esperando você abrir o link enviado para { $email }.
email-no-mail = Este servidor ainda não envia e-mails, por isso um endereço novo não pode ser confirmado.
email-confirm-title = Confirme seu e-mail novo
email-confirm-lead = A partir de agora você entra com { $email }. Todos os seus aparelhos saem.
email-confirm = Usar este e-mail
email-changed = E-mail trocado. Entre com o novo.
email-gone-lead = Links valem por 1 hora e uma única vez. Peça outro na página da sua conta.

# E-mails sobre a própria conta
mail-hello = Olá, { $name }.
mail-signed-in-subject = Nova entrada na sua conta do Recado
mail-signed-in = Alguém entrou na sua conta em { $workspace } com um aparelho que nunca tinha sido usado.
mail-signed-in-facts = Quando: { $when }
    Aparelho: { $device }
    Endereço de rede: { $address }
mail-was-you = Se foi você, não precisa fazer nada.
mail-not-you = Se não foi você, escolha outra senha agora: { $reset }
    Depois encerre os aparelhos que você não reconhece: { $account }
mail-wrong-codes-subject = Alguém pode saber sua senha
mail-wrong-codes = Em { $when } alguém escreveu a senha certa da sua conta em { $workspace } e depois vários códigos errados. Não conseguiu entrar.
mail-wrong-codes-do = Se não foi você, escolha outra senha agora: { $reset }
mail-factor-on-subject = Verificação em duas etapas ativada
mail-factor-on = Em { $when } a verificação em duas etapas foi configurada na sua conta em { $workspace }.
mail-factor-off-subject = Verificação em duas etapas desativada
mail-factor-off = Em { $when } a verificação em duas etapas foi desativada na sua conta em { $workspace }.
mail-factor-reset-subject = Verificação em duas etapas redefinida
mail-factor-reset = Em { $when } quem administra redefiniu a verificação em duas etapas da sua conta em { $workspace }. Todos os seus aparelhos saíram.
mail-factor-reset-do = Entre com sua senha e configure de novo: { $account }
    Se você não pediu isto, avise sua empresa agora.
mail-recovery-subject = Um código de recuperação foi usado
mail-recovery = Em { $when } um código de recuperação da sua conta em { $workspace } foi usado.
mail-recovery-left = { $left ->
    [0] Não resta nenhum código. Gere novos: { $account }
    [one] Resta 1 código. Gere novos logo: { $account }
   *[other] Restam { $left } códigos.
}
mail-email-confirm-subject = Confirme seu e-mail novo
mail-email-confirm = Você pediu para entrar em { $workspace } com este endereço. Abra este link para confirmar:
mail-email-link = { $link }
mail-email-ignore = O link vale por 1 hora e uma única vez. Se não foi você, ignore este e-mail.
mail-email-changed-subject = Seu e-mail no Recado foi trocado
mail-email-changed = Em { $when } o e-mail da sua conta em { $workspace } foi trocado para { $email }. Este endereço não entra mais.
mail-email-changed-do = Se não foi você, avise agora quem administra sua empresa.
