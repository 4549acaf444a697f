"""The control lens: may it be bought and shipped, under each regime whose law is encoded?"""
