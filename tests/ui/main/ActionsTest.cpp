// The shortcuts of the window: one that two actions have does nothing at all in Qt.

#include "ui/main/Actions.h"

#include <QHash>
#include <QKeySequence>
#include <QTest>
#include <QWidget>

using namespace Qt::StringLiterals;

class ActionsTest : public QObject
{
    Q_OBJECT

private slots:
    void eachShortcutHasOneAction();
};

void ActionsTest::eachShortcutHasOneAction()
{
    QWidget window;
    const ui::Actions actions(window);
    QHash<QString, QString> owners;
    const QList<QAction *> all = window.actions();
    QVERIFY(all.size() > 20);
    for (const QAction *action : all) {
        for (const QKeySequence &shortcut : action->shortcuts()) {
            const QString keys = shortcut.toString();
            QVERIFY2(!owners.contains(keys),
                     qPrintable(u"%1: %2, %3"_s.arg(keys, owners.value(keys), action->text())));
            owners.insert(keys, action->text());
        }
    }
}

QTEST_MAIN(ActionsTest)

#include "ActionsTest.moc"
