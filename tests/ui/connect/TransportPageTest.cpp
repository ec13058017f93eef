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
using profiles::EffectiveProfile;
using profiles::Profile;
using profiles::ValueOrigin;
using Scope = ui::TransportPage::Scope;

namespace fields = profiles::fields;

class TransportPageTest : public QObject
{
    Q_OBJECT

private slots:
    void untouchedProfileStays();
    void everyFieldIsStored();
    void oldDevicesAreWarnedOf();
    void orderIsChangedByButtons();
    void emptyListIsAProblem();
    void inheritedValuesAreShownWithTheirOrigin();
    void defaultCanBeKeptAgainstAGroup();
    void listsOfAGroupAreShownAndLeft();
    void groupOffersNothingWeak();

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
    profile.transport.transferConnections = 2;
    profile.transport.list(AlgorithmList::Cipher) = {u"aes256-ctr"_s, u"aes128-ctr"_s};
    for (const Profile &each : {Profile(), profile}) {
        ui::TransportPage page(Scope::Session);
        page.load(each);
        QCOMPARE(stored(page).transport, each.transport);
        QCOMPARE(page.problem(), QString());
    }
}

void TransportPageTest::everyFieldIsStored()
{
    ui::TransportPage page(Scope::Session);
    page.load({});
    page.findChild<QSpinBox *>(u"profileKeepAlive"_s)->setValue(45);
    page.findChild<QSpinBox *>(u"profileKeepAliveCount"_s)->setValue(5);
    page.findChild<QCheckBox *>(u"profileReconnects"_s)->click();
    page.findChild<QCheckBox *>(u"profileCompress"_s)->click();
    page.findChild<QCheckBox *>(u"profileTcpKeepAlive"_s)->click();
    page.findChild<QSpinBox *>(u"profileRekeyMebibytes"_s)->setValue(512);
    page.findChild<QSpinBox *>(u"profileRekeyMinutes"_s)->setValue(30);
    page.findChild<QSpinBox *>(u"profileTransferConnections"_s)->setValue(8);
    const profiles::Transport transport = stored(page).transport;
    QCOMPARE(transport.keepAliveInterval, 45s);
    QCOMPARE(transport.keepAliveCount, 5);
    QVERIFY(!transport.reconnects);
    QVERIFY(transport.compress);
    QVERIFY(!transport.tcpKeepAlive);
    QCOMPARE(transport.rekeyBytes, quint64(512) << 20);
    QCOMPARE(transport.rekeyTime, 30min);
    QCOMPARE(transport.transferConnections, 8);
}

void TransportPageTest::oldDevicesAreWarnedOf()
{
    ui::TransportPage page(Scope::Session);
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
    ui::TransportPage page(Scope::Session);
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
    ui::TransportPage page(Scope::Session);
    page.load({});
    auto *names = page.findChild<QListWidget *>(u"algorithmNames"_s);
    for (int row = 0; row < names->count(); ++row) {
        names->item(row)->setCheckState(Qt::Unchecked);
    }
    QVERIFY(page.problem().contains(u"“Key exchanges”"_s));
    names->item(2)->setCheckState(Qt::Checked);
    QCOMPARE(page.problem(), QString());
}

void TransportPageTest::inheritedValuesAreShownWithTheirOrigin()
{
    EffectiveProfile inherited;
    inherited.profile.transport.keepAliveInterval = 0s;
    inherited.profile.transport.keepAliveCount = 4;
    inherited.profile.transport.compress = true;
    inherited.origins.insert(fields::keepAlive, {ValueOrigin::Kind::Settings, {}});
    inherited.origins.insert(fields::compress, {ValueOrigin::Kind::Group, u"Acme"_s});
    ui::TransportPage page(Scope::Session);
    page.load({});
    page.showInherited(inherited);
    QCOMPARE(page.findChild<QSpinBox *>(u"profileKeepAlive"_s)->text(),
             u"never — from the settings"_s);
    QCOMPARE(page.findChild<QSpinBox *>(u"profileKeepAliveCount"_s)->text(), u"4 — by default"_s);
    QCOMPARE(page.findChild<QSpinBox *>(u"profileRekeyMebibytes"_s)->text(),
             u"automatic — by default"_s);
    auto *compress = page.findChild<QCheckBox *>(u"profileCompress"_s);
    QVERIFY(compress->isChecked());
    QVERIFY(compress->text().contains(u"from group Acme"_s));
    QCOMPARE(stored(page), Profile());

    compress->click();
    QVERIFY(!stored(page).transport.compress);
    QVERIFY(stored(page).isOwn(fields::compress));
}

void TransportPageTest::defaultCanBeKeptAgainstAGroup()
{
    EffectiveProfile inherited;
    inherited.profile.transport.rekeyBytes = quint64(512) << 20;
    inherited.profile.transport.keepAliveInterval = 30s;
    ui::TransportPage page(Scope::Session);
    page.load({});
    page.showInherited(inherited);
    auto *rekey = page.findChild<QSpinBox *>(u"profileRekeyMebibytes"_s);
    auto *silence = page.findChild<QSpinBox *>(u"profileKeepAlive"_s);
    page.show();
    for (QSpinBox *box : {rekey, silence}) {
        box->setFocus();
        box->selectAll();
        QTest::keyClicks(box, u"0"_s);
        QTest::keyClick(box, Qt::Key_Tab);
    }
    QCOMPARE(rekey->text(), u"automatic"_s);
    QCOMPARE(silence->text(), u"never"_s);
    const Profile profile = stored(page);
    QCOMPARE(profile.transport.rekeyBytes, quint64(0));
    QVERIFY(profile.isOwn(fields::rekeyBytes));
    QCOMPARE(profile.transport.keepAliveInterval, 0s);

    silence->selectAll();
    QTest::keyClicks(silence, u"30"_s); // what is inherited
    QTest::keyClick(silence, Qt::Key_Tab);
    QVERIFY(!stored(page).transport.keepAliveInterval);
}

void TransportPageTest::listsOfAGroupAreShownAndLeft()
{
    EffectiveProfile inherited;
    inherited.profile.transport.list(AlgorithmList::Cipher) = {u"aes256-ctr"_s};
    inherited.origins.insert(fields::algorithmLists.at(2), {ValueOrigin::Kind::Group, u"Acme"_s});
    ui::TransportPage page(Scope::Session);
    page.load({});
    page.showInherited(inherited);
    page.findChild<QComboBox *>(u"algorithmList"_s)
        ->setCurrentIndex(static_cast<int>(AlgorithmList::Cipher));
    auto *names = page.findChild<QListWidget *>(u"algorithmNames"_s);
    auto *origin = page.findChild<QLabel *>(u"algorithmOrigin"_s);
    QCOMPARE(names->item(0)->text(), u"aes256-ctr"_s);
    QCOMPARE(names->item(1)->checkState(), Qt::Unchecked);
    QCOMPARE(origin->text(), u"from group Acme"_s);
    QCOMPARE(stored(page), Profile());

    names->item(1)->setCheckState(Qt::Checked);
    QCOMPARE(stored(page).transport.list(AlgorithmList::Cipher).size(), 2);
    page.findChild<QToolButton *>(u"algorithmReset"_s)->click();
    QCOMPARE(stored(page), Profile());

    page.findChild<QComboBox *>(u"profilePreset"_s)->setCurrentIndex(1);
    QVERIFY(names->item(1)->checkState() == Qt::Checked); // the preset's, not the group's
    QVERIFY(origin->text() != u"from group Acme"_s);
}

void TransportPageTest::groupOffersNothingWeak()
{
    ui::TransportPage page(Scope::Group);
    page.load({});
    page.show();
    QVERIFY(!page.findChild<QComboBox *>(u"profilePreset"_s)->isVisible());
    auto *names = page.findChild<QListWidget *>(u"algorithmNames"_s);
    for (const AlgorithmList list : profiles::allAlgorithmLists) {
        page.findChild<QComboBox *>(u"algorithmList"_s)->setCurrentIndex(static_cast<int>(list));
        for (int row = 0; row < names->count(); ++row) {
            QCOMPARE(names->item(row)->checkState(), Qt::Checked);
            QVERIFY2(!names->item(row)->text().contains(u"(weak)"_s),
                     qPrintable(names->item(row)->text()));
        }
    }
}

QTEST_MAIN(TransportPageTest)
#include "TransportPageTest.moc"
