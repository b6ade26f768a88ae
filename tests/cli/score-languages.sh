# A pack of another language needs nothing but itself.
for language in de es; do
    cxmine lexicon test ../../lexicons/$language | sed 's/^[1-9][0-9]* passed, /many passed, /'
done
printf 'Kunde: Ich bin echt sauer.\nBerater: Ich, äh, verstehe Ihren Ärger, aber laut AGB geht das nicht.\n' |
    cxmine score --no-builtin --pack ../../lexicons/de -
printf 'Cliente: Estoy harta ya.\nAsesora: lamento mucho la demora, segun la politica de la empresa no hay reembolso\n' |
    cxmine score --no-builtin --pack ../../lexicons/es -
