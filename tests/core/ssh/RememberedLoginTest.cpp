#include "ssh/RememberedLogin.h"

#include <QTest>

using namespace std::chrono_literals;

class RememberedLoginTest : public QObject
{
    Q_OBJECT

private slots:
    void isForgottenInTime();
    void noTimeKeepsNothing();

private:
    static ssh::LoginMemory memory()
    {
        ssh::LoginMemory memory;
        memory.password = base::SecretString::fromText(QStringLiteral("sesame"));
        return memory;
    }
};

void RememberedLoginTest::isForgottenInTime()
{
    ssh::RememberedLogin login;
    login.keep(memory(), 50ms);
    QVERIFY(login.memory());
    QCOMPARE(login.memory()->password.utf8(), "sesame");
    QTRY_VERIFY(!login.memory());
}

void RememberedLoginTest::noTimeKeepsNothing()
{
    ssh::RememberedLogin login;
    login.keep(memory(), 1h);
    login.keep(memory(), 0ms);
    QVERIFY(!login.memory());
}

QTEST_GUILESS_MAIN(RememberedLoginTest)

#include "RememberedLoginTest.moc"
