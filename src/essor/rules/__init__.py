"""Rules: the law as dated, cited data, and three verdicts on the facts known of an organisation."""
