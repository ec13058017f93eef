#include "ui/connect/TunnelsPage.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using profiles::Forward;
using profiles::Profile;

class TunnelsPageTest : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void storesWhatIsTyped();
    void untouchedForwardsStay();
    void forwardIsChanged();
    void forwardIsRemoved();
    void blankRowIsNothing();
    void startWithPontoIsStored();
    void nonsenseIsAProblem();

private:
    template<typename T>
    T *find(const char *name) const
    {
        return m_page->findChild<T *>(QString::fromLatin1(name));
    }
    void type(const char *name, const QString &text) const;
    QList<Forward> stored() const;

    std::unique_ptr<ui::TunnelsPage> m_page;
    Profile m_profile;
};

void TunnelsPageTest::init()
{
    m_profile = {};
    m_profile.forwards = {*Forward::parse(Forward::Kind::Local, u"8080:web:80"_s),
                          *Forward::parse(Forward::Kind::Dynamic, u"127.0.0.1:1080"_s)};
    m_profile.forwards[1].startsWithSession = false;
    m_page = std::make_unique<ui::TunnelsPage>();
}

void TunnelsPageTest::type(const char *name, const QString &text) const
{
    auto *edit = find<QLineEdit>(name);
    edit->selectAll();
    QTest::keyClicks(edit, text);
}

QList<Forward> TunnelsPageTest::stored() const
{
    Profile profile;
    m_page->store(profile);
    return profile.forwards;
}

void TunnelsPageTest::storesWhatIsTyped()
{
    m_page->load({});
    QVERIFY(!find<QLineEdit>("profileTunnelListen")->isEnabled());
    QTest::mouseClick(find<QToolButton>("profileTunnelAdd"), Qt::LeftButton);
    find<QComboBox>("profileTunnelKind")->setCurrentIndex(1);
    type("profileTunnelListen", u"9090"_s);
    type("profileTunnelTarget", u"localhost:90"_s);
    find<QCheckBox>("profileTunnelStarts")->click();

    Forward expected = *Forward::parse(Forward::Kind::Remote, u"9090:localhost:90"_s);
    expected.startsWithSession = false;
    QCOMPARE(m_page->problem(), QString());
    QCOMPARE(stored(), QList{expected});
    QCOMPARE(find<QTreeWidget>("profileTunnels")->topLevelItem(0)->text(2), u"localhost:90"_s);
}

void TunnelsPageTest::untouchedForwardsStay()
{
    m_page->load(m_profile);

    QCOMPARE(stored(), m_profile.forwards);
}

void TunnelsPageTest::forwardIsChanged()
{
    m_page->load(m_profile);
    auto *table = find<QTreeWidget>("profileTunnels");
    table->setCurrentItem(table->topLevelItem(1));
    QCOMPARE(find<QLineEdit>("profileTunnelListen")->text(), u"127.0.0.1:1080"_s);
    QVERIFY(!find<QCheckBox>("profileTunnelStarts")->isChecked());

    type("profileTunnelListen", u"1081"_s);
    table->setCurrentItem(table->topLevelItem(0));

    QCOMPARE(stored().at(0), m_profile.forwards.at(0));
    QCOMPARE(stored().at(1).toString(), u"1081"_s);
}

void TunnelsPageTest::forwardIsRemoved()
{
    m_page->load(m_profile);

    QTest::mouseClick(find<QToolButton>("profileTunnelRemove"), Qt::LeftButton);

    QCOMPARE(stored(), QList{m_profile.forwards.at(1)});
    QCOMPARE(find<QLineEdit>("profileTunnelListen")->text(), u"127.0.0.1:1080"_s);
}

void TunnelsPageTest::startWithPontoIsStored()
{
    m_page->load(m_profile);
    QVERIFY(!find<QCheckBox>("profileTunnelsWithPonto")->isChecked());
    find<QCheckBox>("profileTunnelsWithPonto")->click();
    Profile profile;
    m_page->store(profile);
    QVERIFY(profile.startsForwards);
    profile.id = u"x"_s;
    profile.host = u"h"_s;
    QVERIFY(Profile::fromJson(profile.toJson({}))->startsForwards);
}

void TunnelsPageTest::blankRowIsNothing()
{
    m_page->load({});
    QTest::mouseClick(find<QToolButton>("profileTunnelAdd"), Qt::LeftButton);

    QCOMPARE(m_page->problem(), QString());
    QVERIFY(stored().isEmpty());
}

void TunnelsPageTest::nonsenseIsAProblem()
{
    m_page->load(m_profile);
    type("profileTunnelTarget", u"web"_s);
    auto *table = find<QTreeWidget>("profileTunnels");
    table->setCurrentItem(table->topLevelItem(1));

    QVERIFY(!m_page->problem().isEmpty());
    QCOMPARE(table->currentItem(), table->topLevelItem(0)); // it is shown
}

QTEST_MAIN(TunnelsPageTest)

#include "TunnelsPageTest.moc"
