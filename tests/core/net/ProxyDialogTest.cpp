// The bytes are those of RFC 1928, RFC 1929 and RFC 9110 section 9.3.6, put together by hand.

#include "net/ProxyDialog.h"

#include <QTest>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using base::ProxyAddress;
using net::ProxyDialog;
using State = net::ProxyDialog::State;

Q_DECLARE_METATYPE(net::ProxyDialog::State)

class ProxyDialogTest : public QObject
{
    Q_OBJECT

private slots:
    void socksNamesItsTarget_data();
    void socksNamesItsTarget();
    void socksLogsIn();
    void socksAnswers_data();
    void socksAnswers();
    void socksTakesNoByteOfTheServer();
    void socksTargetWithZoneFails();
    void httpNamesItsTarget_data();
    void httpNamesItsTarget();
    void httpLogsIn();
    void httpAnswers_data();
    void httpAnswers();
    void httpTakesNoByteOfTheServer();
    void endlessAnswersFail_data();
    void endlessAnswersFail();
};

namespace {

const ProxyAddress socks{ProxyAddress::Kind::Socks5, u"proxy.example"_s, 1080, {}};
const ProxyAddress socksWithUser{ProxyAddress::Kind::Socks5, u"proxy.example"_s, 1080, u"ada"_s};
const ProxyAddress http{ProxyAddress::Kind::Http, u"proxy.example"_s, 3128, {}};
const ProxyAddress httpWithUser{ProxyAddress::Kind::Http, u"proxy.example"_s, 3128, u"Aladdin"_s};

std::unique_ptr<ProxyDialog> dialogFor(const ProxyAddress &proxy,
                                       const std::optional<QString> &password = {},
                                       const QString &host = u"host.example"_s)
{
    const auto secret = password ? std::optional(base::SecretString::fromText(*password))
                                 : std::optional<base::SecretString>();
    auto dialog = ProxyDialog::create(proxy, {host, 22}, secret);
    dialog->start();
    return dialog;
}

} // namespace

void ProxyDialogTest::socksNamesItsTarget_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QByteArray>("request");

    QTest::newRow("name") << u"host.example"_s
                          << "05010003"
                             "0c"
            + QByteArray("host.example").toHex() + "0016";
    QTest::newRow("IPv4") << u"192.0.2.1"_s << QByteArray("05010001c00002010016");
    QTest::newRow("IPv6") << u"2001:db8::1"_s
                          << QByteArray("0501000420010db80000000000000000000000010016");
    QTest::newRow("name beyond ASCII") // RFC 3492
        << u"b\u00fccher.example"_s
        << "05010003"
           "15"
            + QByteArray("xn--bcher-kva.example").toHex() + "0016";
}

void ProxyDialogTest::socksNamesItsTarget()
{
    QFETCH(QString, host);
    QFETCH(QByteArray, request);
    const auto dialog = dialogFor(socks, {}, host);
    QCOMPARE(dialog->takeOutput().toHex(), "050100");

    QCOMPARE(dialog->take(QByteArray::fromHex("0500")), 2);

    QCOMPARE(dialog->takeOutput().toHex(), request);
    QCOMPARE(dialog->state(), State::Talking);
}

void ProxyDialogTest::socksLogsIn()
{
    const auto dialog = dialogFor(socksWithUser, u"secret"_s);
    QCOMPARE(dialog->takeOutput().toHex(), "05020002");

    dialog->take(QByteArray::fromHex("0502"));
    QCOMPARE(dialog->takeOutput(),
             QByteArray("\x01\x03"
                        "ada\x06"
                        "secret"));

    dialog->take(QByteArray::fromHex("0100"));
    QVERIFY(dialog->takeOutput().startsWith(QByteArray::fromHex("05010003")));
}

void ProxyDialogTest::socksAnswers_data()
{
    QTest::addColumn<ProxyAddress>("proxy");
    QTest::addColumn<bool>("hasPassword");
    QTest::addColumn<QByteArray>("answer"); // hexadecimal
    QTest::addColumn<State>("state");
    QTest::addColumn<ErrorKind>("kind"); // if it failed
    const auto row = [](const char *name, const ProxyAddress &proxy, bool hasPassword,
                        const char *answer, State state, ErrorKind kind = ErrorKind::ProxyRefused) {
        QTest::newRow(name) << proxy << hasPassword << QByteArray(answer) << state << kind;
    };

    row("connected", socks, false, "0500 0500000100000000 0000", State::Connected);
    row("connected by IPv6", socks, false, "0500 05000004 00000000000000000000000000000000 0000",
        State::Connected);
    row("connected by name", socks, false, "0500 05000003 02 6162 0000", State::Connected);
    row("connected by empty name", socks, false, "0500 05000003 00 0000", State::Connected);
    row("half an answer", socks, false, "0500 05000001 0000", State::Talking);
    row("refused by rules", socks, false, "0500 0502", State::Failed);
    row("unknown reply", socks, false, "0500 05ff", State::Failed);
    row("unknown address type", socks, false, "0500 05000002 00", State::Failed);
    row("SOCKS4", socks, false, "04", State::Failed);
    row("HTTP", socks, false, "485454502f", State::Failed);
    row("other version in the reply", socks, false, "0500 04", State::Failed);
    row("login wanted, no user", socks, false, "05ff", State::Failed,
        ErrorKind::AuthenticationFailed);
    row("login chosen that was not offered", socks, false, "0502", State::Failed);
    row("GSSAPI chosen", socksWithUser, true, "0501", State::Failed);
    row("no method fits", socksWithUser, true, "05ff", State::Failed);
    row("password wanted", socksWithUser, false, "0502", State::LoginNeeded);
    row("password refused", socksWithUser, true, "0502 0101", State::LoginNeeded);
    row("login answered in another version", socksWithUser, true, "0502 0500", State::Failed);
    row("login not wanted", socksWithUser, true, "0500 0500000100000000 0000", State::Connected);
}

void ProxyDialogTest::socksAnswers()
{
    QFETCH(ProxyAddress, proxy);
    QFETCH(bool, hasPassword);
    QFETCH(QByteArray, answer);
    QFETCH(State, state);
    QFETCH(ErrorKind, kind);
    const auto dialog = dialogFor(proxy, hasPassword ? std::optional(u"secret"_s) : std::nullopt);

    dialog->take(QByteArray::fromHex(answer));

    QCOMPARE(dialog->state(), state);
    if (state == State::Failed) {
        QCOMPARE(dialog->error().kind, kind);
        QCOMPARE(dialog->error().subject, u"proxy.example:1080"_s);
        QVERIFY(!dialog->error().detail.isEmpty());
    }
}

void ProxyDialogTest::socksTakesNoByteOfTheServer()
{
    const auto dialog = dialogFor(socks);
    const QByteArray answer = QByteArray::fromHex("05000500000100000000"
                                                  "0000");

    QCOMPARE(dialog->take(answer + "SSH-2.0-x\r\n"), answer.size());
    QCOMPARE(dialog->state(), State::Connected);
}

void ProxyDialogTest::socksTargetWithZoneFails()
{
    QCOMPARE(dialogFor(socks, {}, u"fe80::1%eth0"_s)->state(), State::Failed);
    QCOMPARE(dialogFor(http, {}, u"fe80::1%eth0"_s)->state(), State::Failed);
}

void ProxyDialogTest::httpNamesItsTarget_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QByteArray>("authority");

    QTest::newRow("name") << u"host.example"_s << QByteArray("host.example:22");
    QTest::newRow("IPv4") << u"192.0.2.1"_s << QByteArray("192.0.2.1:22");
    QTest::newRow("IPv6") << u"2001:db8::1"_s << QByteArray("[2001:db8::1]:22");
}

void ProxyDialogTest::httpNamesItsTarget()
{
    QFETCH(QString, host);
    QFETCH(QByteArray, authority);

    QCOMPARE(dialogFor(http, {}, host)->takeOutput(),
             "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
}

// User, password and credentials of the example in RFC 7617 section 2.
void ProxyDialogTest::httpLogsIn()
{
    const QByteArray request = dialogFor(httpWithUser, u"open sesame"_s)->takeOutput();

    QVERIFY2(request.contains("\r\nProxy-Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n"),
             request.constData());
    QVERIFY(!dialogFor(httpWithUser)->takeOutput().contains("Authorization"));
}

void ProxyDialogTest::httpAnswers_data()
{
    QTest::addColumn<ProxyAddress>("proxy");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<State>("state");
    QTest::addColumn<QString>("detail"); // if it failed, is in it
    const auto row = [](const char *name, const ProxyAddress &proxy, const char *answer,
                        State state, const QString &detail = {}) {
        QTest::newRow(name) << proxy << QByteArray(answer) << state << detail;
    };

    row("connected", http, "HTTP/1.1 200 OK\r\n\r\n", State::Connected);
    row("any 2xx", http, "HTTP/1.0 204\r\nContent-Length: 99\r\n\r\n", State::Connected);
    row("bare line feeds", http, "HTTP/1.1 200 OK\n\n", State::Connected);
    row("interim answer first", http, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        State::Connected);
    row("half an answer", http, "HTTP/1.1 200 OK\r\nVia: x\r\n", State::Talking);
    row("forbidden", http, "HTTP/1.1 403 Forbidden by rule\r\n\r\n", State::Failed,
        u"HTTP/1.1 403 Forbidden by rule"_s);
    row("redirect", http, "HTTP/1.1 302 Found\r\nLocation: http://x/\r\n\r\n", State::Failed,
        u"302"_s);
    row("no HTTP", http, "SSH-2.0-OpenSSH", State::Failed, u"no HTTP proxy"_s);
    row("HTTP/2", http, "HTTP/2 200\r\n\r\n", State::Failed, u"no HTTP proxy"_s);
    row("no number", http, "HTTP/1.1 OK\r\n\r\n", State::Failed, u"no sense"_s);
    row("four digits", http, "HTTP/1.1 2000 OK\r\n\r\n", State::Failed, u"no sense"_s);
    row("empty status line", http, "HTTP/1.\n\n", State::Failed, u"no sense"_s);
    row("login wanted, no user", http,
        "HTTP/1.1 407 x\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n", State::Failed,
        u"no user is set"_s);
    row("password wanted", httpWithUser,
        "HTTP/1.1 407 x\r\nproxy-authenticate: Negotiate, BASIC realm=\"x\"\r\n\r\n",
        State::LoginNeeded);
    row("other logins only", httpWithUser,
        "HTTP/1.1 407 x\r\nProxy-Authenticate: NTLM\r\nProxy-Authenticate: Digest realm=\"basic\", "
        "qop=\"auth\"\r\n\r\n",
        State::Failed, u"ntlm, digest"_s);
}

void ProxyDialogTest::httpAnswers()
{
    QFETCH(ProxyAddress, proxy);
    QFETCH(QByteArray, answer);
    QFETCH(State, state);
    QFETCH(QString, detail);
    const auto dialog = dialogFor(proxy);

    dialog->take(answer);

    QCOMPARE(dialog->state(), state);
    QVERIFY2(dialog->error().detail.contains(detail), qPrintable(dialog->error().detail));
}

void ProxyDialogTest::httpTakesNoByteOfTheServer()
{
    const auto dialog = dialogFor(http);
    const QByteArray answer = "HTTP/1.1 200 OK\r\nVia: 1.1 x\r\n\r\n";

    QCOMPARE(dialog->take(answer + "SSH-2.0-x\r\n"), answer.size());
    QCOMPARE(dialog->state(), State::Connected);
}

void ProxyDialogTest::endlessAnswersFail_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("repeated");

    QTest::newRow("line") << QByteArray("HTTP/1.1 200 ") << QByteArray("x");
    QTest::newRow("fields") << QByteArray("HTTP/1.1 200 OK\r\n") << QByteArray("Via: x\r\n");
    QTest::newRow("interim answers") << QByteArray() << QByteArray("HTTP/1.1 100 x\r\n\r\n");
}

void ProxyDialogTest::endlessAnswersFail()
{
    QFETCH(QByteArray, start);
    QFETCH(QByteArray, repeated);
    const auto dialog = dialogFor(http);

    const qsizetype taken = dialog->take(start + repeated.repeated(100'000));

    QCOMPARE(dialog->state(), State::Failed);
    QVERIFY(taken <= 16 * 1024);
    QVERIFY(dialog->error().detail.contains(u"does not end"_s));
}

QTEST_APPLESS_MAIN(ProxyDialogTest)

#include "ProxyDialogTest.moc"
