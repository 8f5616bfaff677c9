mail-quote-line = Em { $date }, { $name } escreveu:
mail-forwarded =
    ---------- Mensagem encaminhada ---------
    De: { $from }
    Data: { $date }
    Assunto: { $subject }
    Para: { $to }
