// Expected bytes are those of RFC 1928 and of the memos on SOCKS 4 and 4A by Ying-Da Lee.

#include "forward/SocksRequest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using forward::SocksRequest;
using State = SocksRequest::State;

class SocksRequestTest : public QObject
{
    Q_OBJECT

private slots:
    void wishesAreUnderstood_data();
    void wishesAreUnderstood();
    void wishesComeInPieces_data() { wishesAreUnderstood_data(); }
    void wishesComeInPieces();
    void whatFollowsIsLeftToTheClient();
    void otherCommandsAreRefused_data();
    void otherCommandsAreRefused();
    void loginIsNotOffered();
    void rubbishIsRefused_data();
    void rubbishIsRefused();
    void endlessNamesAreRefused_data();
    void endlessNamesAreRefused();
    void resultIsTold();
};

namespace {

QByteArray hex(const char *digits)
{
    return QByteArray::fromHex(digits);
}

} // namespace

void SocksRequestTest::wishesAreUnderstood_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<QByteArray>("answer");

    QTest::newRow("version 4") << hex("04010050c00002016d6500") << "192.0.2.1"_ba << 80 << ""_ba;
    QTest::newRow("version 4, no user")
        << hex("040101bbc000020100") << "192.0.2.1"_ba << 443 << ""_ba;
    QTest::newRow("version 4a") << hex("0401005000000001") + "me\0host.example\0"_ba
                                << "host.example"_ba << 80 << ""_ba;
    QTest::newRow("version 5, IPv4") << hex("050100"
                                            "05010001c0000201"
                                            "0050")
                                     << "192.0.2.1"_ba << 80 << hex("0500");
    QTest::newRow("version 5, name") << hex("05020200"
                                            "050100030c")
            + "host.example" + hex("01bb")
                                     << "host.example"_ba << 443 << hex("0500");
    QTest::newRow("version 5, IPv6") << hex("050100"
                                            "05010004"
                                            "20010db8000000000000000000000001"
                                            "0016")
                                     << "2001:db8::1"_ba << 22 << hex("0500");
}

void SocksRequestTest::wishesAreUnderstood()
{
    QFETCH(const QByteArray, bytes);

    SocksRequest request;
    QCOMPARE(request.take(bytes), bytes.size());

    QCOMPARE(request.state(), State::Wanted);
    QTEST(request.host(), "host");
    QTEST(int(request.port()), "port");
    QTEST(request.takeOutput(), "answer");
}

void SocksRequestTest::wishesComeInPieces()
{
    QFETCH(const QByteArray, bytes);

    SocksRequest request;
    for (qsizetype at = 0; at < bytes.size(); ++at) {
        QCOMPARE(request.state(), State::Reading);
        QCOMPARE(request.take(bytes.sliced(at, 1)), 1);
    }

    QCOMPARE(request.state(), State::Wanted);
    QTEST(request.host(), "host");
}

void SocksRequestTest::whatFollowsIsLeftToTheClient()
{
    SocksRequest request;
    const QByteArray wish = hex("040101bbc000020100");

    QCOMPARE(request.take(wish + "GET / HTTP/1.0\r\n"), wish.size());
    QCOMPARE(request.take("more"), 0);
}

void SocksRequestTest::otherCommandsAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("answer");

    QTest::newRow("bind, 4") << hex("04020050c000020100") << hex("005b000000000000");
    QTest::newRow("bind, 5") << hex("050100"
                                    "05020001c0000201"
                                    "0050")
                             << hex("0500"
                                    "05070001000000000000");
    QTest::newRow("UDP, 5") << hex("050100"
                                   "05030001c0000201"
                                   "0050")
                            << hex("0500"
                                   "05070001000000000000");
    QTest::newRow("unknown type of address") << hex("050100"
                                                    "05010002c0000201"
                                                    "0050")
                                             << hex("0500"
                                                    "05080001000000000000");
}

void SocksRequestTest::otherCommandsAreRefused()
{
    QFETCH(const QByteArray, bytes);

    SocksRequest request;
    request.take(bytes);

    QCOMPARE(request.state(), State::Refused);
    QTEST(request.takeOutput(), "answer");
}

void SocksRequestTest::loginIsNotOffered()
{
    SocksRequest request;
    request.take(hex("050102")); // a user name and a password only

    QCOMPARE(request.state(), State::Refused);
    QCOMPARE(request.refusal(), ErrorKind::AuthenticationFailed);
    QCOMPARE(request.takeOutput(), hex("05ff"));
}

void SocksRequestTest::rubbishIsRefused_data()
{
    using enum ErrorKind;
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ErrorKind>("why");

    QTest::newRow("HTTP") << "GET / HTTP/1.1\r\n\r\n"_ba << ProtocolViolation;
    QTest::newRow("zeros") << QByteArray(600, '\0') << ProtocolViolation;
    QTest::newRow("no methods") << hex("0500") << AuthenticationFailed;
    QTest::newRow("other version behind the methods") << hex("050100"
                                                             "04010001c00002010050")
                                                      << ProtocolViolation;
    QTest::newRow("empty name") << hex("050100"
                                       "0501000300"
                                       "0050")
                                << InvalidName;
    QTest::newRow("line break in the name") << hex("050100"
                                                   "0501000303"
                                                   "610a62"
                                                   "0050")
                                            << InvalidName;
    QTest::newRow("null in the name") << hex("050100"
                                             "0501000303"
                                             "610062"
                                             "0050")
                                      << InvalidName;
    QTest::newRow("port 0") << hex("050100"
                                   "05010001c0000201"
                                   "0000")
                            << InvalidName;
    QTest::newRow("empty name, 4a") << hex("04010050000000010000") << InvalidName;
}

void SocksRequestTest::rubbishIsRefused()
{
    QFETCH(const QByteArray, bytes);

    SocksRequest request;
    request.take(bytes);

    QCOMPARE(request.state(), State::Refused);
    QTEST(request.refusal(), "why");
}

void SocksRequestTest::endlessNamesAreRefused_data()
{
    QTest::addColumn<QByteArray>("start");

    QTest::newRow("user") << hex("04010050c0000201");
    QTest::newRow("host") << hex("040100500000000100");
}

void SocksRequestTest::endlessNamesAreRefused()
{
    QFETCH(const QByteArray, start);

    SocksRequest request;
    request.take(start);
    const qsizetype taken = request.take(QByteArray(4096, 'a'));

    QCOMPARE(request.state(), State::Refused);
    QVERIFY(taken <= 257);
}

void SocksRequestTest::resultIsTold()
{
    SocksRequest four;
    four.take(hex("040101bbc000020100"));
    SocksRequest five;
    five.take(hex("050100"
                  "05010001c0000201"
                  "0050"));

    QCOMPARE(four.success(), hex("005a000000000000"));
    QCOMPARE(four.failure(SocksRequest::Failure::Refused), hex("005b000000000000"));
    QCOMPARE(five.success(), hex("05000001000000000000"));
    QCOMPARE(five.failure(SocksRequest::Failure::NotAllowed), hex("05020001000000000000"));
    QCOMPARE(five.failure(SocksRequest::Failure::Unreachable), hex("05040001000000000000"));
    QCOMPARE(five.failure(SocksRequest::Failure::Refused), hex("05050001000000000000"));
    QCOMPARE(five.failure(SocksRequest::Failure::Other), hex("05010001000000000000"));
}

QTEST_GUILESS_MAIN(SocksRequestTest)

#include "SocksRequestTest.moc"
