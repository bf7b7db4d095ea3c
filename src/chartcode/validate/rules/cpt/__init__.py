"""CPT: visits and services as the numbers of their families allow; no descriptor of the publisher stands here."""
