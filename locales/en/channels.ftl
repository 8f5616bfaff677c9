mail-quote-line = On { $date }, { $name } wrote:
mail-forwarded =
    ---------- Forwarded message ---------
    From: { $from }
    Date: { $date }
    Subject: { $subject }
    To: { $to }
