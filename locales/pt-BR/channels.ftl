mail-quote-line = Em { $date }, { $name } escreveu:
