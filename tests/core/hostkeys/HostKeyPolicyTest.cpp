#include "hostkeys/HostKeyPolicy.h"

#include <QTest>

using hostkeys::HostKeyDecision;
using hostkeys::HostKeyPolicy;
using hostkeys::HostKeyVerdict;
using Decision = HostKeyDecision;
using Status = HostKeyVerdict::Status;

class HostKeyPolicyTest : public QObject
{
    Q_OBJECT

private slots:
    void namesSurviveBothWays_data();
    void namesSurviveBothWays();
    void otherNamesAreNoPolicy();
    void decides_data();
    void decides();
    void anAuthorityIsNothingToStore_data();
    void anAuthorityIsNothingToStore();
    void anEmptyVerdictRefuses();
};

void HostKeyPolicyTest::namesSurviveBothWays_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<HostKeyPolicy>("policy");

    QTest::newRow("reject") << "reject" << HostKeyPolicy::Reject;
    QTest::newRow("warn") << "warn" << HostKeyPolicy::Warn;
    QTest::newRow("auto-add") << "auto-add" << HostKeyPolicy::AutoAdd;
    QTest::newRow("ask") << "ask" << HostKeyPolicy::Ask;
}

void HostKeyPolicyTest::namesSurviveBothWays()
{
    QFETCH(QString, text);
    QFETCH(HostKeyPolicy, policy);

    QCOMPARE(hostkeys::policyFromName(text), std::optional(policy));
    QCOMPARE(hostkeys::name(policy), text);
}

void HostKeyPolicyTest::otherNamesAreNoPolicy()
{
    QVERIFY(!hostkeys::policyFromName(u""));
    QVERIFY(!hostkeys::policyFromName(u"Ask"));
    QVERIFY(!hostkeys::policyFromName(u"ask "));
    QVERIFY(!hostkeys::policyFromName(u"accept"));
}

// Every policy with every status: this table is the rule.
void HostKeyPolicyTest::decides_data()
{
    QTest::addColumn<HostKeyPolicy>("policy");
    QTest::addColumn<Status>("status");
    QTest::addColumn<Decision>("decision");
    const auto rows = [](HostKeyPolicy policy, Decision unknown, Decision otherType) {
        const auto row = [policy](const char *status, Status value, Decision decision) {
            QTest::addRow("%s, %s", qPrintable(hostkeys::name(policy)), status)
                << policy << value << decision;
        };
        row("ok", Status::Ok, Decision::Accept);
        row("unknown", Status::Unknown, unknown);
        row("other type", Status::OtherType, otherType);
        row("changed", Status::Changed, Decision::Refuse);
        row("revoked", Status::Revoked, Decision::Refuse);
    };

    rows(HostKeyPolicy::Reject, Decision::Refuse, Decision::Refuse);
    rows(HostKeyPolicy::Warn, Decision::AcceptWithWarning, Decision::Refuse);
    rows(HostKeyPolicy::AutoAdd, Decision::AcceptAndStore, Decision::Refuse);
    rows(HostKeyPolicy::Ask, Decision::Ask, Decision::Ask);
}

void HostKeyPolicyTest::decides()
{
    QFETCH(HostKeyPolicy, policy);
    QFETCH(Status, status);
    QFETCH(Decision, decision);

    QCOMPARE(hostkeys::decide(policy, HostKeyVerdict{.status = status}), decision);
}

void HostKeyPolicyTest::anAuthorityIsNothingToStore_data()
{
    QTest::addColumn<HostKeyPolicy>("policy");
    QTest::addColumn<Decision>("decision");

    QTest::newRow("reject") << HostKeyPolicy::Reject << Decision::Refuse;
    QTest::newRow("warn") << HostKeyPolicy::Warn << Decision::AcceptWithWarning;
    QTest::newRow("auto-add") << HostKeyPolicy::AutoAdd << Decision::AcceptWithWarning;
    QTest::newRow("ask") << HostKeyPolicy::Ask << Decision::Ask;
}

void HostKeyPolicyTest::anAuthorityIsNothingToStore()
{
    QFETCH(HostKeyPolicy, policy);
    QFETCH(Decision, decision);
    HostKeyVerdict verdict{.status = Status::Unknown};
    verdict.hasCertificateAuthority = true;

    QCOMPARE(hostkeys::decide(policy, verdict), decision);
}

void HostKeyPolicyTest::anEmptyVerdictRefuses()
{
    for (const auto policy :
         {HostKeyPolicy::Reject, HostKeyPolicy::Warn, HostKeyPolicy::AutoAdd, HostKeyPolicy::Ask}) {
        QCOMPARE(hostkeys::decide(policy, HostKeyVerdict()), Decision::Refuse);
    }
}

QTEST_APPLESS_MAIN(HostKeyPolicyTest)

#include "HostKeyPolicyTest.moc"
