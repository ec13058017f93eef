#include "keyinstall/AuthorizedKeys.h"

#include "tests/support/Reason.h"
#include "tests/support/TestKeys.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using keyinstall::addition;
using keyinstall::holdsKey;
using tests::reason;

// Lines as sshd(8) describes them, with keys of the installed ssh-keygen.
class AuthorizedKeysTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void findsTheKey_data();
    void findsTheKey();
    void addsALine_data();
    void addsALine();

private:
    QTemporaryDir m_directory;
    tests::KeyPair m_key;
    tests::KeyPair m_other;
};

void AuthorizedKeysTest::initTestCase()
{
    const auto key = tests::generateKey(m_directory.filePath(u"a"_s), {.comment = u"ann"_s});
    const auto other = tests::generateKey(m_directory.filePath(u"b"_s));
    QVERIFY2(key && other, reason(key).constData());
    m_key = *key;
    m_other = *other;
}

void AuthorizedKeysTest::findsTheKey_data()
{
    QTest::addColumn<QByteArray>("content"); // KEY, BARE and OTHER stand for lines
    QTest::addColumn<bool>("isThere");

    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("alone") << QByteArray("KEY\n") << true;
    QTest::newRow("no final line end") << QByteArray("KEY") << true;
    QTest::newRow("without comment") << QByteArray("BARE\n") << true;
    QTest::newRow("behind others") << QByteArray("# mine\n\nOTHER\nKEY\n") << true;
    QTest::newRow("CRLF") << QByteArray("OTHER\r\nKEY\r\n") << true;
    QTest::newRow("indented") << QByteArray("  \tKEY\n") << true;
    QTest::newRow("options") << QByteArray("no-pty,from=\"10.0.0.0/8\" KEY\n") << true;
    QTest::newRow("options with blanks")
        << QByteArray("command=\"echo a b\",restrict KEY\n") << true;
    QTest::newRow("another") << QByteArray("OTHER\n") << false;
    QTest::newRow("commented out") << QByteArray("#KEY\n# KEY\n") << false;
    QTest::newRow("an authority") << QByteArray("cert-authority KEY\n") << false;
    QTest::newRow("an authority with options")
        << QByteArray("principals=\"ann\",cert-authority KEY\n") << false;
    QTest::newRow("cut off") << QByteArray("CUT\n") << false;
    QTest::newRow("NUL bytes") << QByteArray(200, '\0') << false;
}

void AuthorizedKeysTest::findsTheKey()
{
    QFETCH(QByteArray, content);
    QFETCH(bool, isThere);
    content.replace("KEY", m_key.publicLine);
    content.replace("BARE", m_key.publicLine.chopped(4));
    content.replace("OTHER", m_other.publicLine);
    content.replace("CUT", m_key.publicLine.first(m_key.publicLine.size() / 2));

    QCOMPARE(holdsKey(content, m_key.publicBlob()), isThere);
}

void AuthorizedKeysTest::addsALine_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("expected");

    QTest::newRow("empty") << QByteArray() << QByteArray("LINE\n");
    QTest::newRow("whole line before") << QByteArray("a\n") << QByteArray("LINE\n");
    QTest::newRow("open end before") << QByteArray("a") << QByteArray("\nLINE\n");
}

void AuthorizedKeysTest::addsALine()
{
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, expected);

    QCOMPARE(addition(content, "LINE"), expected);
}

QTEST_GUILESS_MAIN(AuthorizedKeysTest)

#include "AuthorizedKeysTest.moc"
