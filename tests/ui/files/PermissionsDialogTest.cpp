#include "ui/files/PermissionsDialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

using files::FileMode;
using files::ModeMask;
using ui::PermissionsDialog;

class PermissionsDialogTest : public QObject
{
    Q_OBJECT

private slots:
    void switchesAndOctalAreInStep();
    void octalIsNeverDecimal();
    void incompleteOctalCanNotBeApplied();
    void differingBitsStayAsTheyAre();
    void applyTellsOnceAndCloses();
    void escapeAppliesNothing();
    void foldersPassItOn();
    void filesHaveNothingInside();
    void changesAreReadAsChmodDoes();
    void filesInsideMayGetAnotherMode();
    void ownersAreFoundBeforeAnythingChanges();
    void previewTellsWhatChanges();
    void fieldsAreInOneColumn();
    void noTwoHaveOneMnemonic();
};

namespace {

QLineEdit &octal(PermissionsDialog &dialog)
{
    return *dialog.findChild<QLineEdit *>(QStringLiteral("permissionsOctal"));
}

QCheckBox &box(PermissionsDialog &dialog, const char *name)
{
    return *dialog.findChild<QCheckBox *>(QString::fromLatin1(name));
}

QString symbolic(PermissionsDialog &dialog)
{
    return dialog.findChild<QLabel *>(QStringLiteral("permissionsSymbolic"))->text();
}

QPushButton &applyButton(PermissionsDialog &dialog)
{
    return *dialog.findChild<QPushButton *>(QStringLiteral("permissionsApply"));
}

void type(PermissionsDialog &dialog, const QString &text)
{
    octal(dialog).selectAll();
    QTest::keyClick(&octal(dialog), Qt::Key_Delete);
    QTest::keyClicks(&octal(dialog), text);
}

} // namespace

void PermissionsDialogTest::switchesAndOctalAreInStep()
{
    PermissionsDialog dialog(QStringLiteral("file"), {FileMode(0644)},
                             PermissionsDialog::Contents::None);
    QCOMPARE(octal(dialog).text(), QStringLiteral("0644"));
    QCOMPARE(symbolic(dialog), QStringLiteral("rw-r--r--"));

    box(dialog, "ownerExecute").click();
    QCOMPARE(octal(dialog).text(), QStringLiteral("0744"));
    box(dialog, "setUserId").click();
    QCOMPARE(octal(dialog).text(), QStringLiteral("4744"));
    QCOMPARE(symbolic(dialog), QStringLiteral("rwsr--r--"));

    type(dialog, QStringLiteral("1777"));
    QVERIFY(box(dialog, "sticky").isChecked());
    QVERIFY(!box(dialog, "setUserId").isChecked());
    QVERIFY(box(dialog, "otherWrite").isChecked());
    QCOMPARE(symbolic(dialog), QStringLiteral("rwxrwxrwt"));
    QCOMPARE(dialog.mask(), (ModeMask{01777, 06000}));
}

// 644 as a decimal number would be 01204.
void PermissionsDialogTest::octalIsNeverDecimal()
{
    PermissionsDialog dialog(QStringLiteral("file"), {FileMode(0)},
                             PermissionsDialog::Contents::None);

    type(dialog, QStringLiteral("644"));
    QCOMPARE(dialog.mask().set, 0644U);

    type(dialog, QStringLiteral("9x8"));
    QCOMPARE(octal(dialog).text(), QString());
}

void PermissionsDialogTest::incompleteOctalCanNotBeApplied()
{
    PermissionsDialog dialog(QStringLiteral("file"), {FileMode(0644)},
                             PermissionsDialog::Contents::None);
    QVERIFY(applyButton(dialog).isEnabled());

    type(dialog, QStringLiteral("64"));
    QVERIFY(!applyButton(dialog).isEnabled());

    QTest::keyClick(&octal(dialog), Qt::Key_0);
    QVERIFY(applyButton(dialog).isEnabled());
}

void PermissionsDialogTest::differingBitsStayAsTheyAre()
{
    PermissionsDialog dialog(QStringLiteral("2 items"), {FileMode(0644), FileMode(0755)},
                             PermissionsDialog::Contents::None);
    QCOMPARE(box(dialog, "ownerExecute").checkState(), Qt::PartiallyChecked);
    QCOMPARE(octal(dialog).text(), QString());

    box(dialog, "groupWrite").click();

    const ModeMask mask = dialog.mask();
    QCOMPARE(mask.appliedTo(FileMode(0644)), FileMode(0664));
    QCOMPARE(mask.appliedTo(FileMode(0755)), FileMode(0775));
}

void PermissionsDialogTest::applyTellsOnceAndCloses()
{
    PermissionsDialog dialog(QStringLiteral("file"), {FileMode(0600)},
                             PermissionsDialog::Contents::None);
    QSignalSpy applied(&dialog, &PermissionsDialog::applied);
    dialog.show();

    type(dialog, QStringLiteral("640"));
    QTest::keyClick(&octal(dialog), Qt::Key_Return);

    QCOMPARE(applied.size(), 1);
    QCOMPARE(applied.first().first().value<files::AttributeChange>().others.set, 0640U);
    QVERIFY(!dialog.isVisible());
}

void PermissionsDialogTest::escapeAppliesNothing()
{
    PermissionsDialog dialog(QStringLiteral("file"), {FileMode(0600)},
                             PermissionsDialog::Contents::None);
    QSignalSpy applied(&dialog, &PermissionsDialog::applied);
    dialog.show();

    QTest::keyClick(&dialog, Qt::Key_Escape);

    QVERIFY(!dialog.isVisible());
    QVERIFY(applied.isEmpty());
}

void PermissionsDialogTest::foldersPassItOn()
{
    PermissionsDialog dialog(QStringLiteral("folder"), {FileMode(0755)},
                             PermissionsDialog::Contents::MayFollow);
    QSignalSpy applied(&dialog, &PermissionsDialog::applied);
    QSignalSpy appliedToTrees(&dialog, &PermissionsDialog::appliedToTrees);
    auto *targets = dialog.findChild<QComboBox *>(QStringLiteral("permissionsTargets"));
    dialog.show();
    QVERIFY(!targets->isEnabled());

    type(dialog, QStringLiteral("750"));
    QTest::mouseClick(&box(dialog, "permissionsInside"), Qt::LeftButton, {}, {5, 8});
    QVERIFY(targets->isEnabled() && box(dialog, "permissionsConditional").isChecked());
    QTest::keyClick(targets, Qt::Key_Down); // folders only
    QTest::keyClick(&dialog, Qt::Key_Return);

    QCOMPARE(applied.size(), 0);
    QCOMPARE(appliedToTrees.size(), 1);
    const auto change = appliedToTrees.first().first().value<files::AttributeChange>();
    QCOMPARE(change.directories, (ModeMask{.set = 0750, .clear = 07027}));
    QCOMPARE(change.others, ModeMask());
    QVERIFY(change.isExecuteConditional);
}

void PermissionsDialogTest::filesHaveNothingInside()
{
    PermissionsDialog dialog(QStringLiteral("file"), {FileMode(0644)},
                             PermissionsDialog::Contents::None);
    dialog.show();
    QVERIFY(!box(dialog, "permissionsInside").isVisible());
}

void PermissionsDialogTest::changesAreReadAsChmodDoes()
{
    PermissionsDialog dialog(QStringLiteral("2 items"), {FileMode(0644), FileMode(0755)},
                             PermissionsDialog::Contents::None);
    auto *change = dialog.findChild<QLineEdit *>(QStringLiteral("permissionsChange"));
    QTest::keyClicks(change, QStringLiteral("u+x,g-"));
    QVERIFY(applyButton(dialog).isEnabled()); // chmod takes an empty list of permissions
    QTest::keyClicks(change, QStringLiteral("q"));
    QVERIFY(!applyButton(dialog).isEnabled());
    QTest::keyClick(change, Qt::Key_Backspace);
    QTest::keyClicks(change, QStringLiteral("rw"));
    QVERIFY(applyButton(dialog).isEnabled());
    QCOMPARE(change->text(), QStringLiteral("u+x,g-rw"));
    QCOMPARE(box(dialog, "ownerExecute").checkState(), Qt::Checked);
    QCOMPARE(box(dialog, "groupRead").checkState(), Qt::Unchecked);
    QCOMPARE(box(dialog, "groupExecute").checkState(), Qt::PartiallyChecked);

    files::FileAttributes file;
    file.permissions = 0100644;
    QCOMPARE(dialog.change().appliedTo(file).permissions, 0704U);

    box(dialog, "otherWrite").click(); // the switches hold again
    QCOMPARE(change->text(), QString());
}

void PermissionsDialogTest::filesInsideMayGetAnotherMode()
{
    PermissionsDialog dialog(QStringLiteral("folder"), {FileMode(0755)},
                             PermissionsDialog::Contents::MayFollow);
    dialog.show();
    QTest::mouseClick(&box(dialog, "permissionsInside"), Qt::LeftButton, {}, {5, 8});
    auto *files = dialog.findChild<QLineEdit *>(QStringLiteral("permissionsFileOctal"));
    QTest::keyClicks(files, QStringLiteral("64"));
    QVERIFY(!applyButton(dialog).isEnabled());
    QTest::keyClicks(files, QStringLiteral("0"));
    QVERIFY(applyButton(dialog).isEnabled());
    QCOMPARE(dialog.treeChange().others, (ModeMask{.set = 0640, .clear = 07137}));
    QCOMPARE(dialog.treeChange().directories, (ModeMask{.set = 0755, .clear = 07022}));
}

void PermissionsDialogTest::ownersAreFoundBeforeAnythingChanges()
{
    files::FileEntry entry;
    entry.name = "a";
    entry.owner = QStringLiteral("me");
    entry.attributes.permissions = 0100644;
    PermissionsDialog dialog(QStringLiteral("a"), {FileMode(0644)},
                             PermissionsDialog::Contents::None);
    using Ids = base::Result<files::OwnerIds>;
    dialog.setEntries({entry}, [](const QString &user, const QString &) {
        base::Error unknown;
        unknown.kind = base::ErrorKind::NotFound;
        unknown.subject = user;
        return QtFuture::makeReadyValueFuture(user == QStringLiteral("www-data")
                                                  ? Ids(files::OwnerIds{33, {}})
                                                  : Ids(base::Failure(unknown)));
    });
    QSignalSpy applied(&dialog, &PermissionsDialog::applied);
    dialog.show();
    auto *user = dialog.findChild<QLineEdit *>(QStringLiteral("permissionsUser"));
    QCOMPARE(user->placeholderText(), QStringLiteral("me"));

    QTest::keyClicks(user, QStringLiteral("nobody here"));
    QTest::keyClick(user, Qt::Key_Return);
    auto *problem = dialog.findChild<QLabel *>(QStringLiteral("permissionsOwnerProblem"));
    QTRY_VERIFY(problem->isVisible());
    QVERIFY(problem->text().contains(QStringLiteral("nobody here")));
    QVERIFY(applied.isEmpty() && dialog.isVisible());

    user->clear();
    QTest::keyClicks(user, QStringLiteral("www-data"));
    QTest::keyClick(user, Qt::Key_Return);
    QTRY_COMPARE(applied.size(), 1);
    QCOMPARE(applied.first().first().value<files::AttributeChange>().userId, 33U);
}

void PermissionsDialogTest::previewTellsWhatChanges()
{
    files::FileEntry plain;
    plain.name = "<b>a";
    plain.attributes.permissions = 0100644;
    files::FileEntry program = plain;
    program.name = "b";
    program.attributes.permissions = 0100755;
    PermissionsDialog dialog(QStringLiteral("2 items"), {FileMode(0644), FileMode(0755)},
                             PermissionsDialog::Contents::None);
    dialog.setEntries({plain, program}, {});
    auto *preview = dialog.findChild<QLabel *>(QStringLiteral("permissionsPreview"));
    QCOMPARE(preview->text(), QStringLiteral("Nothing changes"));

    type(dialog, QStringLiteral("755"));
    QCOMPARE(preview->text(), QStringLiteral("<b>a: 0644 → 0755\n1 stay as they are"));
    QCOMPARE(preview->textFormat(), Qt::PlainText);
}

void PermissionsDialogTest::fieldsAreInOneColumn()
{
    PermissionsDialog dialog(QStringLiteral("file"), {FileMode(0644)},
                             PermissionsDialog::Contents::None);
    dialog.setEntries({files::FileEntry()}, {});
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));

    QList<int> columns;
    for (const char *name :
         {"permissionsOctal", "permissionsChange", "permissionsUser", "permissionsGroup"}) {
        const auto *field = dialog.findChild<QLineEdit *>(QString::fromLatin1(name));
        columns.append(field->mapTo(&dialog, QPoint()).x());
    }
    QCOMPARE(columns, QList<int>(4, columns.first()));
}

void PermissionsDialogTest::noTwoHaveOneMnemonic()
{
    PermissionsDialog dialog(QStringLiteral("folder"), {FileMode(0755)},
                             PermissionsDialog::Contents::MayFollow);
    QStringList texts;
    for (const auto *label : dialog.findChildren<QLabel *>()) {
        texts.append(label->text());
    }
    for (const auto *button : dialog.findChildren<QAbstractButton *>()) {
        texts.append(button->text());
    }
    QSet<QChar> taken;
    for (const QString &text : texts) {
        const qsizetype place = text.indexOf(u'&');
        if (place >= 0) {
            const QChar key = text.at(place + 1).toLower();
            QVERIFY2(!taken.contains(key), qPrintable(text));
            taken.insert(key);
        }
    }
}

QTEST_MAIN(PermissionsDialogTest)

#include "PermissionsDialogTest.moc"
