// F4 on a file of a server: what is typed into the editor, looked up on the server's disk.

#include "edit/EditStore.h"
#include "tests/integration/window/FilesFixture.h"
#include "tests/support/Reason.h"
#include "ui/edit/EditorWindow.h"
#include "ui/edit/TextEditor.h"
#include "ui/files/FilePane.h"
#include "ui/main/MainWindow.h"

#include <QAbstractItemView>
#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QTextBlock>

using namespace Qt::StringLiterals;
using tests::patience;
using ui::Place;

class FileEditTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void typedTextIsSaved_data();
    void typedTextIsSaved();
    void formatIsKept();
    void sameFileOpensOnce();
    void binaryFileIsRefused();
    void conflictIsMerged();
    void conflictIsOverwritten();
    void conflictIsSavedElsewhere();
    void lostFileIsSavedUnderAnotherName();
    void formatIsChosen_data();
    void formatIsChosen();
    void missingCharacterIsTold();
    void closingAsks();
    void typedTextSurvivesTheProgram();
    void leftoverThatIsNoTextIsSent();
    void lostConnectionSendsLater();
    void textIsFoundAndReplaced();
    void savedVersionComesBack();
    void otherProgramsSaveToo();

private:
    ui::EditorWindow *openEditor(Place place = Place::Server);
    ui::TextEditor &text() const { return *m_test->visible<ui::TextEditor>("editorText"); }
    void trigger(const QString &action) const;
    void saveElsewhere(const QString &path) const; // from the question about a conflict
    QByteArray content() const { return m_test->get(Place::Server, "report.txt").value_or("?"); }

    std::unique_ptr<tests::FilesFixture> m_test;
};

void FileEditTest::init()
{
    m_test = std::make_unique<tests::FilesFixture>();
    const auto started = m_test->start();
    QVERIFY2(started, tests::reason(started).constData());
    m_test->put(Place::Server, "report.txt", "one\ntwo\nthree\n");
    QVERIFY(m_test->find(Place::Server, "report.txt"));
}

void FileEditTest::cleanup()
{
    m_test.reset();
}

ui::EditorWindow *FileEditTest::openEditor(Place place)
{
    m_test->window().activateWindow();
    m_test->list(place).setFocus();
    QTest::keyClick(&m_test->list(place), Qt::Key_F4);
    if (!QTest::qWaitFor(
            [this] {
                const auto *shown = m_test->visible<ui::TextEditor>("editorText");
                return shown != nullptr && !shown->content().isEmpty();
            },
            patience)) {
        return nullptr;
    }
    return m_test->visible<ui::EditorWindow>("editorWindow");
}

void FileEditTest::trigger(const QString &action) const
{
    auto *found = m_test->window().findChild<QAction *>(action);
    QVERIFY2(found != nullptr, qPrintable(action));
    found->trigger();
}

void FileEditTest::saveElsewhere(const QString &path) const
{
    m_test->click("editorElsewhere");
    QVERIFY(m_test->appears("elsewhereSheet"));
    m_test->click("elsewhereHere");
    QVERIFY(m_test->appears("editorElsewhereDialog"));
    auto *name
        = m_test->visible("editorElsewhereDialog")->findChild<QLineEdit *>(u"fileNameEdit"_s);
    QVERIFY(name != nullptr);
    QCOMPARE(name->text(), u"report.txt"_s);
    name->setText(path);
    QTest::keyClick(name, Qt::Key_Return);
    QVERIFY(m_test->vanishes("editorElsewhereDialog"));
}

void FileEditTest::typedTextIsSaved_data()
{
    QTest::addColumn<Place>("place");
    QTest::newRow("server") << Place::Server;
    QTest::newRow("this computer") << Place::ThisComputer;
}

void FileEditTest::typedTextIsSaved()
{
    QFETCH(Place, place);
    m_test->put(place, "report.txt", "one\ntwo\nthree\n");
    QVERIFY(m_test->find(place, "report.txt"));
    const ui::EditorWindow *editor = openEditor(place);
    QVERIFY(editor != nullptr);
    QTest::keyClicks(&text(), u"zero "_s);
    QVERIFY(editor->isModified());
    QCOMPARE(editor->findChild<QAction *>(u"editorSave"_s)->shortcut(), QKeySequence::Save);
    trigger(u"editorSave"_s); // which window is the active one is up to the platform
    QTRY_COMPARE_WITH_TIMEOUT(m_test->visible<QLabel>("editorState")->text(), u"Saved."_s,
                              patience);
    QCOMPARE(m_test->get(place, "report.txt"), QByteArray("zero one\ntwo\nthree\n"));
    const auto shownSize = [this, place] {
        const QList<files::FileEntry> entries = m_test->pane(place).selectedEntries();
        return entries.isEmpty() ? 0 : entries.first().attributes.size.value_or(0);
    };
    QTRY_COMPARE_WITH_TIMEOUT(shownSize(), 19U, patience);
}

void FileEditTest::formatIsKept()
{
    m_test->put(Place::Server, "report.txt", "gr\xfc\xdf\r\nzwei\r\n");
    QVERIFY(openEditor() != nullptr);
    QVERIFY(text().content().startsWith(u"grüß"_s));
    QTest::keyClicks(&text(), u"x"_s);
    trigger(u"editorSave"_s);
    QTRY_COMPARE_WITH_TIMEOUT(content(), QByteArray("xgr\xfc\xdf\r\nzwei\r\n"), patience);
}

void FileEditTest::sameFileOpensOnce()
{
    const ui::EditorWindow *editor = openEditor();
    QVERIFY(editor != nullptr);
    QCOMPARE(openEditor(), editor);
    QCOMPARE(m_test->window().findChildren<ui::EditorWindow *>().size(), 1);
}

void FileEditTest::binaryFileIsRefused()
{
    m_test->put(Place::Server, "report.txt", QByteArray("a\0b", 3));
    QTest::keyClick(&m_test->list(Place::Server), Qt::Key_F4);
    QVERIFY(m_test->appears("errorBanner"));
    QCOMPARE(m_test->visible("errorBanner")->accessibleName(),
             u"Could not open report.txt as text"_s);
    QTRY_VERIFY(m_test->window().findChildren<ui::EditorWindow *>().isEmpty());
}

void FileEditTest::conflictIsMerged()
{
    QVERIFY(openEditor() != nullptr);
    QTest::keyClicks(&text(), u"my "_s);
    m_test->put(Place::Server, "report.txt", "their one\ntwo\nthree\nfour\n");
    trigger(u"editorSave"_s);
    QVERIFY(m_test->appears("editorCompare"));
    QCOMPARE(content(), QByteArray("their one\ntwo\nthree\nfour\n"));
    m_test->click("editorCompare");
    QVERIFY(m_test->appears("mergeWindow"));
    QVERIFY(!m_test->visible("mergeSave")->isEnabled());
    m_test->click("mergeTakeBoth");
    QTRY_VERIFY(m_test->visible("mergeSave")->isEnabled());
    m_test->click("mergeSave");
    QTRY_COMPARE_WITH_TIMEOUT(content(), QByteArray("my one\ntheir one\ntwo\nthree\nfour\n"),
                              patience);
    QCOMPARE(text().content(), u"my one\ntheir one\ntwo\nthree\nfour\n"_s);
}

void FileEditTest::conflictIsOverwritten()
{
    QVERIFY(openEditor() != nullptr);
    QTest::keyClicks(&text(), u"my "_s);
    m_test->put(Place::Server, "report.txt", "theirs\n");
    trigger(u"editorSave"_s);
    QVERIFY(m_test->appears("editorOverwrite"));
    m_test->click("editorOverwrite");
    QTRY_COMPARE_WITH_TIMEOUT(content(), QByteArray("my one\ntwo\nthree\n"), patience);
}

void FileEditTest::conflictIsSavedElsewhere()
{
    ui::EditorWindow *editor = openEditor();
    QVERIFY(editor != nullptr);
    QTest::keyClicks(&text(), u"my "_s);
    m_test->put(Place::Server, "report.txt", "theirs\n");
    trigger(u"editorSave"_s);
    QVERIFY(m_test->appears("editorElsewhere"));

    saveElsewhere(u"/proc/no such place"_s);
    QVERIFY(m_test->visible("editorElsewhere") != nullptr); // it can be tried again
    QVERIFY(editor->isUnfinished());
    saveElsewhere(m_test->path(u"elsewhere.txt"_s));

    QFile file(m_test->path(u"elsewhere.txt"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "my one\ntwo\nthree\n");
    QVERIFY(m_test->vanishes("editorElsewhere"));
    QCOMPARE(content(), "theirs\n");
    QVERIFY(!editor->isUnfinished());
    editor->close();
    QVERIFY(m_test->vanishes("editorWindow")); // nothing is left to be asked about
    QCOMPARE(content(), "theirs\n");
}

// On the server, where nothing that is there already is overwritten.
void FileEditTest::lostFileIsSavedUnderAnotherName()
{
    QVERIFY(openEditor() != nullptr);
    m_test->put(Place::Server, "taken", "theirs");
    QVERIFY(QFile::remove(QString::fromUtf8(m_test->directory(Place::Server)) + u"/report.txt"_s));
    QTest::keyClicks(&text(), u"my "_s);
    trigger(u"editorSave"_s);
    QVERIFY(m_test->appears("editorElsewhere"));
    QCOMPARE(m_test->visible<QLabel>("editorState")->text(),
             u"Not saved: the file is not there any more."_s);
    const auto saveAs = [this](const QString &name) {
        m_test->click("editorElsewhere");
        QVERIFY(m_test->appears("elsewhereSheet"));
        auto *field = m_test->visible<QLineEdit>("elsewherePath");
        QCOMPARE(field->text(), u"report.mine.txt"_s);
        field->setText(name);
        m_test->click("elsewhereSave");
    };
    saveAs(u"taken"_s);
    QVERIFY(m_test->appears("editorNotice"));
    QCOMPARE(m_test->get(Place::Server, "taken"), QByteArray("theirs"));
    saveAs(u"other.txt"_s);
    QVERIFY(m_test->vanishes("editorElsewhere"));
    QCOMPARE(m_test->get(Place::Server, "other.txt"), QByteArray("my one\ntwo\nthree\n"));
}

// The bytes are those of iconv(1).
void FileEditTest::formatIsChosen_data()
{
    QTest::addColumn<QByteArray>("chooser");
    QTest::addColumn<QString>("choice");
    QTest::addColumn<QByteArray>("saved");
    const QByteArray encoding = "editorEncoding";
    const QByteArray lineEnd = "editorLineEnd";
    QTest::newRow("mark") << encoding << u"UTF-8 with BOM"_s
                          << QByteArray("\xef\xbb\xbf"
                                        "gr\xc3\xbcn\n\xc3\x9f\n");
    QTest::newRow("little endian")
        << encoding << u"UTF-16 LE"_s << QByteArray("\xff\xfeg\0r\0\xfc\0n\0\n\0\xdf\0\n\0", 16);
    QTest::newRow("big endian") << encoding << u"UTF-16 BE"_s
                                << QByteArray("\xfe\xff\0g\0r\0\xfc\0n\0\n\0\xdf\0\n", 16);
    QTest::newRow("one byte each") << encoding << u"ISO 8859-1"_s << QByteArray("gr\xfcn\n\xdf\n");
    QTest::newRow("Windows") << lineEnd << u"Windows (CRLF)"_s
                             << QByteArray("gr\xc3\xbcn\r\n\xc3\x9f\r\n");
    QTest::newRow("old Mac") << lineEnd << u"Old Mac (CR)"_s
                             << QByteArray("gr\xc3\xbcn\r\xc3\x9f\r");
}

void FileEditTest::formatIsChosen()
{
    QFETCH(QByteArray, chooser);
    QFETCH(QString, choice);
    QFETCH(QByteArray, saved);
    m_test->put(Place::Server, "report.txt", "gr\xc3\xbcn\n\xc3\x9f\n");
    const ui::EditorWindow *editor = openEditor();
    QVERIFY(editor != nullptr);
    auto *box = m_test->visible<QComboBox>(chooser.constData());
    QCOMPARE(box->currentIndex(), 0);

    for (int step = 0; step < box->count() && box->currentText() != choice; ++step) {
        QTest::keyClick(box, Qt::Key_Down);
    }
    QCOMPARE(box->currentText(), choice);
    QVERIFY(editor->isModified());
    trigger(u"editorSave"_s);

    QTRY_COMPARE_WITH_TIMEOUT(content(), saved, patience);
    QCOMPARE(text().content(), u"grün\nß\n"_s);
    QVERIFY(!editor->isModified());
}

void FileEditTest::missingCharacterIsTold()
{
    const ui::EditorWindow *editor = openEditor();
    QVERIFY(editor != nullptr);
    auto *box = m_test->visible<QComboBox>("editorEncoding");
    QTest::keyClick(box, Qt::Key_End);
    QCOMPARE(box->currentText(), u"ISO 8859-1"_s);
    text().insertPlainText(u"€ "_s); // no key of a test's keyboard has it

    trigger(u"editorSave"_s);

    QPushButton *asUtf8 = nullptr;
    for (auto *button : editor->findChildren<QPushButton *>()) {
        asUtf8 = button->isVisible() && button->text() == u"Save as UTF-8"_s ? button : asUtf8;
    }
    QVERIFY(asUtf8 != nullptr);
    QCOMPARE(content(), "one\ntwo\nthree\n");
    QTest::mouseClick(asUtf8, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(content(), "\xe2\x82\xac one\ntwo\nthree\n", patience);
    QCOMPARE(box->currentText(), u"UTF-8"_s);
}

void FileEditTest::closingAsks()
{
    ui::EditorWindow *editor = openEditor();
    QVERIFY(editor != nullptr);
    QTest::keyClicks(&text(), u"x"_s);
    editor->close();
    QVERIFY(editor->isVisible());
    auto *confirm = editor->findChild<QWidget *>(u"confirmSheet"_s);
    QVERIFY(confirm != nullptr);
    QTest::keyClick(confirm, Qt::Key_Escape);
    QVERIFY(editor->isVisible());
    QCOMPARE(content(), QByteArray("one\ntwo\nthree\n"));
}

void FileEditTest::typedTextSurvivesTheProgram()
{
    QVERIFY(openEditor() != nullptr);
    QTest::keyClicks(&text(), u"typed "_s);
    m_test->closeWindow();
    QVERIFY(m_test->openPanes(m_test->serverAddress()));
    QVERIFY(m_test->appears("leftoverEdits"));
    const auto buttons = m_test->visible("leftoverEdits")->findChildren<QPushButton *>();
    QVERIFY(!buttons.isEmpty());
    QTest::mouseClick(buttons.last(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(m_test->visible("editorText") != nullptr
                                 && text().content() == u"typed one\ntwo\nthree\n"_s,
                             patience);
    trigger(u"editorSave"_s);
    QTRY_COMPARE_WITH_TIMEOUT(content(), QByteArray("typed one\ntwo\nthree\n"), patience);
}

// Of another program, which is started again.
void FileEditTest::leftoverThatIsNoTextIsSent()
{
    m_test->closeWindow();
    const edit::EditStore store(m_test->path(u"edits"_s));
    edit::EditRecord record;
    record.origin = {m_test->serverAddress(), u"server"_s,
                     files::FilePath(m_test->directory(Place::Server) + "/report.txt")};
    record.program = u"true"_s;
    const QByteArray bytes("a\0b", 3);
    QVERIFY(store.writeRecord(record));
    QVERIFY(store.write(record.origin.id(), edit::EditStore::Part::Base, content()));
    QVERIFY(store.write(record.origin.id(), edit::EditStore::Part::Pending, bytes));
    QVERIFY(m_test->openPanes(m_test->serverAddress()));
    QVERIFY(m_test->appears("leftoverEdits"));
    const auto buttons = m_test->visible("leftoverEdits")->findChildren<QPushButton *>();
    QVERIFY(!buttons.isEmpty());
    QTest::mouseClick(buttons.last(), Qt::LeftButton);
    QVERIFY(m_test->appears("externalEdit"));
    QTRY_COMPARE_WITH_TIMEOUT(content(), bytes, patience);
}

void FileEditTest::lostConnectionSendsLater()
{
    QVERIFY(openEditor() != nullptr);
    m_test->server().stop();
    QTRY_VERIFY_WITH_TIMEOUT(!m_test->status().startsWith(u"● connected"_s), patience);
    QTest::keyClicks(&text(), u"later "_s);
    trigger(u"editorSave"_s);
    QTRY_VERIFY_WITH_TIMEOUT(
        m_test->visible<QLabel>("editorState")->text().contains(u"waiting to be sent"_s), patience);
    QVERIFY(m_test->server().start());
    QTRY_COMPARE_WITH_TIMEOUT(content(), QByteArray("later one\ntwo\nthree\n"),
                              std::chrono::seconds(60));
}

void FileEditTest::textIsFoundAndReplaced()
{
    QVERIFY(openEditor() != nullptr);
    trigger(u"editorReplaceOpen"_s);
    QTRY_VERIFY(m_test->visible<QLineEdit>("editorFind")->hasFocus());
    QTest::keyClick(m_test->visible<QLineEdit>("editorFind"), Qt::Key_Tab);
    QVERIFY(m_test->visible<QLineEdit>("editorReplace")->hasFocus());
    m_test->visible<QLineEdit>("editorFind")->setText(u"T"_s);
    m_test->visible<QLineEdit>("editorReplace")->setText(u"_"_s);
    m_test->click("editorReplaceAll");
    QCOMPARE(text().content(), u"one\n_wo\n_hree\n"_s);
    text().undo();
    QCOMPARE(text().content(), u"one\ntwo\nthree\n"_s);
    text().goToLine(3);
    QCOMPARE(text().textCursor().blockNumber(), 2);
}

void FileEditTest::savedVersionComesBack()
{
    QVERIFY(openEditor() != nullptr);
    QTest::keyClicks(&text(), u"1"_s);
    trigger(u"editorSave"_s);
    QTRY_COMPARE_WITH_TIMEOUT(content(), QByteArray("1one\ntwo\nthree\n"), patience);
    QTest::keyClicks(&text(), u"2"_s);
    trigger(u"editorSave"_s);
    QTRY_COMPARE_WITH_TIMEOUT(content(), QByteArray("12one\ntwo\nthree\n"), patience);
    trigger(u"editorVersionsOpen"_s);
    QVERIFY(m_test->appears("versionsDialog"));
    auto *list = m_test->visible<QAbstractItemView>("versionsList");
    QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 3, patience);
    QVERIFY(list->model()->index(2, 0).data().toString().endsWith(u", as it was on the server"_s));
    list->setCurrentIndex(list->model()->index(1, 0));
    auto *preview = m_test->visible<QPlainTextEdit>("versionsPreview");
    QTRY_COMPARE_WITH_TIMEOUT(preview->toPlainText(), u"1one\ntwo\nthree\n"_s, patience);
    m_test->click("versionsRestore");
    QTRY_COMPARE(text().content(), u"1one\ntwo\nthree\n"_s);
}

// A program that replaces its file by a new one, as most editors do.
void FileEditTest::otherProgramsSaveToo()
{
    QFile program(m_test->path(u"editor.sh"_s));
    QVERIFY(program.open(QIODevice::WriteOnly));
    program.write("#!/bin/sh\nsed 's/two/2/' \"$1\" > \"$1.new\" && mv \"$1.new\" \"$1\"\n");
    program.close();
    QVERIFY(program.setPermissions(QFileDevice::ReadOwner | QFileDevice::ExeOwner));
    trigger(u"remoteOpenWith"_s);
    QVERIFY(m_test->appears("openWithSheet"));
    m_test->visible<QComboBox>("openWithCommand")->setEditText(program.fileName());
    m_test->click("openWithOpen");
    QVERIFY(m_test->appears("externalEdit"));
    QTRY_COMPARE_WITH_TIMEOUT(m_test->visible<QLabel>("externalEditState")->text(),
                              u"Saved. It is sent again each time the program saves it."_s,
                              patience);
    QTRY_COMPARE_WITH_TIMEOUT(content(), QByteArray("one\n2\nthree\n"), patience);
}

QTEST_MAIN(FileEditTest)

#include "FileEditTest.moc"
