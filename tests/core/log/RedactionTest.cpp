#include "log/Redaction.h"

#include <QTest>

using namespace Qt::StringLiterals;

class RedactionTest : public QObject
{
    Q_OBJECT

private slots:
    void shapesOfSecrets_data();
    void shapesOfSecrets();
    void ordinaryTextStays_data();
    void ordinaryTextStays();
    void knownSecretsAreTakenOut();
    void shortSecretsTearNothingApart();
};

void RedactionTest::shapesOfSecrets_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");

    QTest::newRow("URL") << u"to sftp://ada:hunter2@web01/x"_s
                         << u"to sftp://ada:[redacted]@web01/x"_s;
    QTest::newRow("URL with a colon") << u"https://a:b:c@d"_s << u"https://a:[redacted]@d"_s;
    QTest::newRow("password") << u"password=hunter2 user=ada"_s
                              << u"password=[redacted] user=ada"_s;
    QTest::newRow("quoted") << u"\"api_token\": \"a b\", x"_s << u"\"api_token\": [redacted], x"_s;
    QTest::newRow("variable") << u"PGPASSWORD=hunter2 psql"_s << u"PGPASSWORD=[redacted] psql"_s;
    QTest::newRow("header") << u"Authorization: Basic aGVsbG8="_s
                            << u"Authorization: Basic [redacted]"_s;
    QTest::newRow("private key")
        << u"x\n-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----\ny"_s
        << u"x\n[redacted]\ny"_s;
    QTest::newRow("cut private key")
        << u"-----BEGIN RSA PRIVATE KEY-----\nMIIE"_s << u"[redacted]"_s;
}

void RedactionTest::shapesOfSecrets()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);

    QCOMPARE(logging::Redaction().applied(text), expected);
}

void RedactionTest::ordinaryTextStays_data()
{
    QTest::addColumn<QString>("text");

    QTest::newRow("method") << u"Trying password authentication"_s;
    QTest::newRow("question") << u"Asks: password of ada at web01, attempt 1"_s;
    QTest::newRow("URL") << u"ssh://ada@web01:2222/"_s;
    QTest::newRow("public key") << u"-----BEGIN PUBLIC KEY----- MIIB -----END PUBLIC KEY-----"_s;
    QTest::newRow("methods") << u"publickey,password,keyboard-interactive"_s;
}

void RedactionTest::ordinaryTextStays()
{
    QFETCH(QString, text);

    QCOMPARE(logging::Redaction().applied(text), text);
}

void RedactionTest::knownSecretsAreTakenOut()
{
    logging::Redaction redaction;
    redaction.add(base::SecretString::fromText(u"correct horse"_s));
    redaction.add(base::SecretString::fromText(u"pässword"_s));

    QCOMPARE(redaction.applied(u"said correct horse, then pässword and correct horse."_s),
             u"said [redacted], then [redacted] and [redacted]."_s);
}

void RedactionTest::shortSecretsTearNothingApart()
{
    logging::Redaction redaction;
    redaction.add(base::SecretString::fromText(u"a"_s));
    redaction.add(base::SecretString());

    QCOMPARE(redaction.applied(u"banana"_s), u"banana"_s);
}

QTEST_GUILESS_MAIN(RedactionTest)
#include "RedactionTest.moc"
