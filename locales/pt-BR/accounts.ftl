# Primeiro acesso
setup-title = Comece seu espaço de trabalho
setup-lead = Você será a pessoa proprietária deste servidor.
setup-code = Código de instalação
setup-code-hint = Está no terminal ou no registro do servidor. Cada início mostra um novo.
setup-code-wrong = Este código não confere. Use o último que o servidor mostrou.
setup-workspace = Nome da empresa
setup-name = Seu nome
setup-submit = Criar espaço de trabalho

# Entrar e sair
sign-in-title = Entre na sua conta
email = E-mail
password = Senha
remember = Continuar conectado neste aparelho
sign-in = Entrar
sign-out = Sair
sign-in-forgot = Esqueci a senha
sign-in-wrong = E-mail ou senha não conferem. Tente de novo.

# Senha nova
reset-title = Escolha uma senha nova
reset-ask-title = Esqueceu a senha?
reset-ask-lead = Escreva seu e-mail e enviamos um link para escolher outra.
reset-ask-submit = Enviar link
reset-sent-title = Veja seu e-mail
reset-sent-lead = Se este endereço tem uma conta aqui, um link chega em instantes e vale por 1 hora. Se não chegar, confira o spam.
reset-no-mail = Este servidor ainda não envia e-mails. Peça uma senha nova a quem cuida dele.
reset-gone-title = Este link não vale mais
reset-gone-lead = Links valem por 1 hora e uma única vez. Peça outro.
reset-again = Pedir outro link
reset-back = Voltar para a entrada
reset-submit = Salvar senha nova
reset-done = Senha trocada. Entre com a nova.
reset-mail-subject = Sua senha nova no Recado
reset-mail-hello = Olá, { $name }.
reset-mail-why = Alguém pediu uma senha nova para sua conta em { $workspace }. Se foi você, abra este link:
reset-mail-link = { $link }
reset-mail-ignore = O link vale por 1 hora e uma única vez. Se não foi você, ignore este e-mail: sua senha continua a mesma.

# Sua conta
account-title = Sua conta
account-name = Nome
account-language = Idioma
account-language-auto = Como no navegador
account-language-pt-BR = Português (Brasil)
account-language-en = English
account-zone = Fuso horário
account-zones-brazil = Brasil
account-zones-other = Outros lugares
account-theme = Aparência
account-theme-auto = Como no aparelho
account-theme-light = Clara
account-theme-dark = Escura
account-keys = Teclas de atalho
account-keys-hint = Letras soltas fazem coisas, como "r" para responder. A tecla "?" mostra todas.
account-saved = Perfil salvo
zone-sao-paulo = São Paulo, Brasília
zone-fortaleza = Fortaleza, Recife, Salvador
zone-manaus = Manaus, Porto Velho
zone-cuiaba = Cuiabá, Campo Grande
zone-rio-branco = Rio Branco
zone-noronha = Fernando de Noronha

photo-title = Foto
photo-choose = Escolher imagem
photo-hint = JPEG, PNG, GIF ou WebP. Fica quadrada e pequena.
photo-save = Salvar foto
photo-remove = Tirar foto
photo-saved = Foto salva
photo-removed = Foto retirada
photo-missing = Escolha uma imagem primeiro.
photo-unreadable = Esta imagem não pôde ser lida. Use JPEG, PNG, GIF ou WebP.
photo-too-many-pixels = Esta imagem tem mais de 40 megapixels. Use uma menor.
photo-too-large = Este arquivo passa de 15 MB. Use um menor.

password-title = Senha
password-current = Senha atual
password-new = Senha nova
password-hint = Pelo menos 12 caracteres. Uma frase é boa e fácil de lembrar.
password-submit = Trocar senha
password-changed = Senha trocada. Seus outros aparelhos saíram.
password-wrong = Esta não é sua senha atual.
password-too-short = A senha precisa de pelo menos 12 caracteres.
password-too-long = A senha é longa demais. Cabem 1.024 bytes.
password-too-weak = Esta senha é fácil de adivinhar. Junte mais palavras.

sessions-title = Aparelhos conectados
sessions-lead = Onde sua conta está aberta. Se não reconhecer algum, encerre e troque a senha.
sessions-this = Este aparelho
sessions-seen = Visto { $when }, { $address }
sessions-end = Encerrar
sessions-end-of = Encerrar em { $device }
sessions-ended = Aparelho desconectado
sessions-end-others = Sair de todos os outros
sessions-others-ended = Só este aparelho continua conectado.
device-both = { $browser } em { $system }
device-unknown = Aparelho desconhecido

# Disponibilidade
availability-available = Disponível
availability-unavailable = Indisponível
availability-change-from-available = Disponibilidade: disponível. Mudar
availability-change-from-unavailable = Disponibilidade: indisponível. Mudar
availability-now-available = Você está disponível.
availability-now-unavailable = Você está indisponível: não recebe conversas novas. As suas continuam com você.

# O que não pode ser aceito
name-missing = Escreva um nome.
name-too-long = O nome cabe em 100 caracteres.
email-wrong = Este e-mail está incompleto. Confira o que vem depois do @.
email-taken = Este e-mail já tem uma conta.
language-unknown = Escolha um idioma da lista.
zone-unknown = Escolha um fuso da lista.
owner-exists = Este servidor já tem proprietário(a).
owner-stays = O papel e as permissões de quem é proprietário(a) não mudam por aqui.
