// The connection setup of the X Window System Protocol, section 8, in both byte orders.

#include "net/X11Greeting.h"

#include <QTest>

using net::X11Greeting;

namespace {

const QByteArray expected = QByteArray::fromHex("00112233445566778899aabbccddeeff");
const QByteArray own = QByteArray::fromHex("ffeeddccbbaa99887766554433221100");

QByteArray number(char order, int value)
{
    const auto high = static_cast<char>(value / 256);
    const auto low = static_cast<char>(value % 256);
    return QByteArray(1, order == 'B' ? high : low) + (order == 'B' ? low : high);
}

// Protocol 11.0. The name has 18 bytes, and two of padding.
QByteArray greeting(char order, const QByteArray &name, const QByteArray &cookie)
{
    QByteArray message = QByteArray(1, order) + '\0';
    message += number(order, 11) + number(order, 0) + number(order, static_cast<int>(name.size()))
        + number(order, static_cast<int>(cookie.size())) + QByteArray(2, '\0');
    for (const QByteArray &field : {name, cookie}) {
        message += field + QByteArray((4 - field.size() % 4) % 4, '\0');
    }
    return message;
}

} // namespace

class X11GreetingTest : public QObject
{
    Q_OBJECT

private slots:
    void cookieIsExchanged_data();
    void cookieIsExchanged();
    void comesInPieces();
    void displayWithoutCookie();
    void refuses_data();
    void refuses();
};

void X11GreetingTest::cookieIsExchanged_data()
{
    QTest::addColumn<char>("order");
    QTest::newRow("big endian") << 'B';
    QTest::newRow("little endian") << 'l';
}

void X11GreetingTest::cookieIsExchanged()
{
    QFETCH(char, order);
    X11Greeting taken(expected, own);
    QCOMPARE(taken.take(greeting(order, "MIT-MAGIC-COOKIE-1", expected) + "more"),
             X11Greeting::State::Accepted);
    QCOMPARE(taken.forDisplay(), greeting(order, "MIT-MAGIC-COOKIE-1", own) + "more");
}

void X11GreetingTest::comesInPieces()
{
    const QByteArray message = greeting('l', "MIT-MAGIC-COOKIE-1", expected);
    X11Greeting taken(expected, own);
    for (qsizetype i = 0; i + 1 < message.size(); ++i) {
        QCOMPARE(taken.take(message.sliced(i, 1)), X11Greeting::State::Incomplete);
    }
    QCOMPARE(taken.take(message.last(1)), X11Greeting::State::Accepted);
    QCOMPARE(taken.forDisplay(), greeting('l', "MIT-MAGIC-COOKIE-1", own));
}

void X11GreetingTest::displayWithoutCookie()
{
    X11Greeting taken(expected, {});
    QCOMPARE(taken.take(greeting('B', "MIT-MAGIC-COOKIE-1", expected)),
             X11Greeting::State::Accepted);
    QCOMPARE(taken.forDisplay(), greeting('B', {}, {}));
}

void X11GreetingTest::refuses_data()
{
    QTest::addColumn<QByteArray>("message");
    QByteArray nearly = expected;
    nearly.back() = 'x';
    QTest::newRow("another cookie") << greeting('l', "MIT-MAGIC-COOKIE-1", nearly);
    QTest::newRow("no cookie") << greeting('l', "MIT-MAGIC-COOKIE-1", {});
    QTest::newRow("beginning of the cookie")
        << greeting('l', "MIT-MAGIC-COOKIE-1", expected.first(8));
    QTest::newRow("nothing") << greeting('l', {}, {});
    QTest::newRow("another protocol") << greeting('l', "XDM-AUTHORIZATION-1", expected);
    QTest::newRow("no byte order") << QByteArray("GET / HTTP/1.1\r\n");
    QTest::newRow("endless name") << greeting('l', QByteArray(60000, 'x'), expected).first(12);
    QTest::newRow("endless cookie")
        << greeting('B', "MIT-MAGIC-COOKIE-1", QByteArray(60000, 'x')).first(12);
}

void X11GreetingTest::refuses()
{
    QFETCH(QByteArray, message);
    X11Greeting taken(expected, own);
    QCOMPARE(taken.take(message), X11Greeting::State::Refused);
}

QTEST_APPLESS_MAIN(X11GreetingTest)

#include "X11GreetingTest.moc"
