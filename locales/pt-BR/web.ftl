product = Recado
