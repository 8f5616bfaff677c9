mail-quote-line = On { $date }, { $name } wrote:
