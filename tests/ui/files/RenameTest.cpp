#include "tests/ui/files/PaneFixture.h"
#include "ui/widgets/ErrorBanner.h"

#include <QLabel>
#include <QLineEdit>

using namespace Qt::StringLiterals;

// Renaming in the list, where the new name can not be one.
class RenameTest : public QObject, private PaneFixture
{
    Q_OBJECT

private slots:
    void init() { setUp(); }
    void cleanup() { m_pane.reset(); }
    void impossibleNameIsToldAndCanBeCorrected_data();
    void impossibleNameIsToldAndCanBeCorrected();
    void whoHasGoneOnIsLeftAlone();

private:
    QLineEdit *field() const;
};

// The last one: that of a rename which has ended goes away later.
QLineEdit *RenameTest::field() const
{
    const auto fields = m_pane->findChildren<QLineEdit *>(u"renameEdit"_s);
    return fields.isEmpty() || !fields.last()->isVisible() ? nullptr : fields.last();
}

void RenameTest::impossibleNameIsToldAndCanBeCorrected_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("why");

    QTest::newRow("slash") << u"folder/b/c"_s << u"“/”"_s;
    QTest::newRow("long") << QString(300, u'x') << u"too long"_s;
}

void RenameTest::impossibleNameIsToldAndCanBeCorrected()
{
    QFETCH(QString, typed);
    QFETCH(QString, why);
    show();
    select(u"a.txt"_s);
    key(Qt::Key_F2);
    QVERIFY(field() != nullptr);
    field()->setText(typed);
    QTest::keyClick(field(), Qt::Key_Return);

    QTRY_VERIFY(child<QWidget>("errorBanner")->isVisible());
    QCOMPARE(m_pane->banner().accessibleName(), u"Could not rename a.txt"_s);
    QString told;
    for (const QLabel *label : m_pane->banner().findChildren<QLabel *>()) {
        told += label->text();
    }
    QVERIFY2(told.contains(why), qPrintable(told));
    QTRY_VERIFY(field() != nullptr && field()->hasFocus());
    QCOMPARE(field()->text(), typed);

    field()->setText(u"z.txt"_s);
    QTest::keyClick(field(), Qt::Key_Return);
    QTRY_VERIFY(shown().contains(u"z.txt"_s));
    QVERIFY(!shown().contains(u"a.txt"_s));
    QVERIFY(!child<QWidget>("errorBanner")->isVisible());
}

void RenameTest::whoHasGoneOnIsLeftAlone()
{
    show();
    select(u"a.txt"_s);
    key(Qt::Key_F2);
    field()->setText(u"b/c"_s);

    child<QLineEdit>("localPath")->setFocus(); // counts as Enter

    QTRY_VERIFY(child<QWidget>("errorBanner")->isVisible());
    QTest::qWait(0);
    QVERIFY(field() == nullptr);
    QVERIFY(child<QLineEdit>("localPath")->hasFocus());
}

QTEST_MAIN(RenameTest)

#include "RenameTest.moc"
