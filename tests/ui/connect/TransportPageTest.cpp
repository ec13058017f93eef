#include "ui/connect/TransportPage.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using profiles::AlgorithmList;
using profiles::AlgorithmPreset;
using profiles::Profile;

class TransportPageTest : public QObject
{
    Q_OBJECT

private slots:
    void untouchedProfileStays();
    void everyFieldIsStored();
    void oldDevicesAreWarnedOf();
    void orderIsChangedByButtons();
    void emptyListIsAProblem();

private:
    static Profile stored(const ui::TransportPage &page)
    {
        Profile profile;
        page.store(profile);
        return profile;
    }
};

void TransportPageTest::untouchedProfileStays()
{
    Profile profile;
    profile.transport.keepAliveInterval = 0s;
    profile.transport.rekeyBytes = quint64(8) << 20;
    profile.transport.rekeyTime = 120s;
    profile.transport.list(AlgorithmList::Cipher) = {u"aes256-ctr"_s, u"aes128-ctr"_s};
    for (const Profile &each : {Profile(), profile}) {
        ui::TransportPage page;
        page.load(each);
        QCOMPARE(stored(page).transport, each.transport);
        QCOMPARE(page.problem(), QString());
    }
}

void TransportPageTest::everyFieldIsStored()
{
    ui::TransportPage page;
    page.load({});
    page.findChild<QSpinBox *>(u"profileKeepAlive"_s)->setValue(45);
    page.findChild<QSpinBox *>(u"profileKeepAliveCount"_s)->setValue(5);
    page.findChild<QCheckBox *>(u"profileReconnects"_s)->click();
    page.findChild<QCheckBox *>(u"profileCompress"_s)->click();
    page.findChild<QCheckBox *>(u"profileTcpKeepAlive"_s)->click();
    page.findChild<QSpinBox *>(u"profileRekeyMebibytes"_s)->setValue(512);
    page.findChild<QSpinBox *>(u"profileRekeyMinutes"_s)->setValue(30);
    const profiles::Transport transport = stored(page).transport;
    QCOMPARE(transport.keepAliveInterval, 45s);
    QCOMPARE(transport.keepAliveCount, 5);
    QVERIFY(!transport.reconnects);
    QVERIFY(transport.compress);
    QVERIFY(!transport.tcpKeepAlive);
    QCOMPARE(transport.rekeyBytes, quint64(512) << 20);
    QCOMPARE(transport.rekeyTime, 30min);
}

void TransportPageTest::oldDevicesAreWarnedOf()
{
    ui::TransportPage page;
    page.load({});
    auto *warning = page.findChild<QLabel *>(u"profilePresetWarning"_s);
    QVERIFY(warning->isHidden());
    page.findChild<QComboBox *>(u"profilePreset"_s)->setCurrentIndex(1);
    QVERIFY(!warning->isHidden());
    QCOMPARE(stored(page).transport.preset, AlgorithmPreset::OldDevices);
    QVERIFY(stored(page).transport.list(AlgorithmList::Cipher).isEmpty()); // as the preset has it
}

void TransportPageTest::orderIsChangedByButtons()
{
    ui::TransportPage page;
    page.load({});
    page.findChild<QComboBox *>(u"algorithmList"_s)
        ->setCurrentIndex(static_cast<int>(AlgorithmList::Mac));
    auto *names = page.findChild<QListWidget *>(u"algorithmNames"_s);
    const QString first = names->item(0)->text();
    page.findChild<QToolButton *>(u"algorithmDown"_s)->click();
    const QStringList chosen = stored(page).transport.list(AlgorithmList::Mac);
    QVERIFY(chosen.size() > 1);
    QCOMPARE(chosen.at(1), first);
    page.findChild<QToolButton *>(u"algorithmReset"_s)->click();
    QVERIFY(stored(page).transport.list(AlgorithmList::Mac).isEmpty());
}

void TransportPageTest::emptyListIsAProblem()
{
    ui::TransportPage page;
    page.load({});
    auto *names = page.findChild<QListWidget *>(u"algorithmNames"_s);
    for (int row = 0; row < names->count(); ++row) {
        names->item(row)->setCheckState(Qt::Unchecked);
    }
    QVERIFY(page.problem().contains(u"“Key exchanges”"_s));
    names->item(2)->setCheckState(Qt::Checked);
    QCOMPARE(page.problem(), QString());
}

QTEST_MAIN(TransportPageTest)
#include "TransportPageTest.moc"
