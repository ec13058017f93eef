#include "keys/AgentProtocol.h"

#include "base/WireWriter.h"

#include <QTest>

using keys::AgentIdentity;
using keys::AgentMessage;

class AgentProtocolTest : public QObject
{
    Q_OBJECT

private slots:
    void framesAsTheDraftSays();
    void takesMessagesOneByOne();
    void refusesImpossibleLengths_data();
    void refusesImpossibleLengths();
    void identitiesSurviveBothWays();
    void refusesIdentitiesThatAreCutOff();
};

// draft-ietf-sshm-ssh-agent section 3: uint32 length, byte type, contents; 11 asks for the keys.
void AgentProtocolTest::framesAsTheDraftSays()
{
    QCOMPARE(keys::agentFrame(AgentMessage::RequestIdentities), QByteArray::fromHex("000000010b"));
    QCOMPARE(keys::agentFrame(AgentMessage::SignRequest, "ab"),
             QByteArray::fromHex("000000030d6162"));
}

void AgentProtocolTest::takesMessagesOneByOne()
{
    const QByteArray both = QByteArray::fromHex("0000000105"
                                                "000000020cff");
    QByteArray received;
    QByteArrayList messages;
    for (const char byte : both) { // as slowly as a socket may deliver them
        received.append(byte);
        const auto message = keys::takeAgentMessage(received);
        QVERIFY(message);
        if (*message) {
            messages.append(**message);
        }
    }

    QCOMPARE(messages, QByteArrayList({"\x05", "\x0c\xff"}));
    QVERIFY(received.isEmpty());
}

void AgentProtocolTest::refusesImpossibleLengths_data()
{
    QTest::addColumn<QByteArray>("received");
    QTest::addColumn<bool>("isAccepted");

    QTest::newRow("no type") << QByteArray::fromHex("00000000") << false;
    QTest::newRow("256 KiB") << QByteArray::fromHex("00040000") << true;
    QTest::newRow("one more") << QByteArray::fromHex("00040001") << false;
    QTest::newRow("4 GiB") << QByteArray::fromHex("ffffffff") << false;
}

void AgentProtocolTest::refusesImpossibleLengths()
{
    QFETCH(QByteArray, received);
    QFETCH(bool, isAccepted);

    QCOMPARE(keys::takeAgentMessage(received).has_value(), isAccepted);
}

void AgentProtocolTest::identitiesSurviveBothWays()
{
    const QList<AgentIdentity> identities{{"blob", QStringLiteral("Schlüssel")}, {"", {}}};

    const auto decoded = keys::decodeIdentities(keys::encodeIdentities(identities));

    QVERIFY(decoded);
    QCOMPARE(*decoded, identities);
}

void AgentProtocolTest::refusesIdentitiesThatAreCutOff()
{
    const QByteArray whole = keys::encodeIdentities({{"blob", QStringLiteral("comment")}});
    for (qsizetype size = 0; size < whole.size(); ++size) {
        QVERIFY(!keys::decodeIdentities(QByteArrayView(whole).first(size)));
    }
    QVERIFY(!keys::decodeIdentities(QByteArray::fromHex("ffffffff")));
}

QTEST_APPLESS_MAIN(AgentProtocolTest)

#include "AgentProtocolTest.moc"
