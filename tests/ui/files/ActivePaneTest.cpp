#include "files/LocalFileSystem.h"
#include "ui/files/FileListView.h"
#include "ui/files/FilePane.h"
#include "ui/files/FilesView.h"
#include "ui/files/PaneHeader.h"
#include "ui/theme/Theme.h"

#include <QDir>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QVBoxLayout>

#include <memory>
#include <utility>

using namespace Qt::StringLiterals;
using files::FilePath;
using ui::FilePane;
using ui::FilesView;

// Which of two panes the keys act on.
class ActivePaneTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void onlyTheActivePaneIsMarked();
    void graySelectionIsReadable();
    void markStaysWhileTheFocusIsElsewhere();

private:
    static QColor selectionColor(FilePane &pane);
    static QColor headerColor(FilePane &pane);
    QColor highlight() const { return m_window->palette().color(QPalette::Highlight); }

    QTemporaryDir m_scratch;
    files::LocalFileSystem m_files;
    std::unique_ptr<QWidget> m_window;
    QLineEdit *m_elsewhere = nullptr;
    FilesView *m_view = nullptr;
};

void ActivePaneTest::init()
{
    QVERIFY(QDir(m_scratch.path()).mkpath(u"folder"_s));
    auto local = std::make_shared<ui::PanePlace>(ui::Place::ThisComputer);
    auto server = std::make_shared<ui::PanePlace>(ui::Place::Server);
    m_window = std::make_unique<QWidget>();
    m_view = new FilesView(local, server);
    m_elsewhere = new QLineEdit;
    auto *layout = new QVBoxLayout(m_window.get());
    layout->addWidget(m_view);
    layout->addWidget(m_elsewhere);
    m_window->resize(900, 500);
    local->open(&m_files);
    server->open(&m_files, u"web01"_s, nullptr);
    m_view->showLocal(FilePath::fromText(m_scratch.path()));
    m_view->showRemote(FilePath::fromText(m_scratch.path()));
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    for (FilePane *pane : m_view->panes()) {
        QTRY_COMPARE(pane->list().model()->rowCount(), 1);
        pane->list().selectAll();
    }
}

void ActivePaneTest::cleanup()
{
    m_window.reset();
}

// Behind the last column of the selected row.
QColor ActivePaneTest::selectionColor(FilePane &pane)
{
    QWidget *viewport = pane.list().viewport();
    const QImage image = viewport->grab().toImage();
    const int y = pane.list().visualRect(pane.list().model()->index(0, 0)).center().y();
    return image.pixelColor(image.width() - 3, y);
}

QColor ActivePaneTest::headerColor(FilePane &pane)
{
    const QImage image = pane.header().grab().toImage();
    return image.pixelColor(image.width() / 2, 1);
}

void ActivePaneTest::onlyTheActivePaneIsMarked()
{
    FilePane &left = m_view->leftPane();
    FilePane &right = m_view->rightPane();
    left.list().setFocus();
    QTRY_VERIFY(selectionColor(left).saturation() > 50);
    QCOMPARE(selectionColor(right).saturation(), 0);
    QVERIFY(selectionColor(right) != right.list().palette().color(QPalette::Base));
    QCOMPARE(headerColor(left), highlight());
    QVERIFY(headerColor(right) != highlight());

    QTest::keyClick(&left.list(), Qt::Key_Tab);

    QVERIFY(right.list().hasFocus());
    QCOMPARE(&m_view->activePane(), &right);
    QTRY_VERIFY(selectionColor(right).saturation() > 50);
    QCOMPARE(selectionColor(left).saturation(), 0);
    QCOMPARE(headerColor(right), highlight());
    QVERIFY(headerColor(left) != highlight());
    QVERIFY(m_view->findChild<QLabel *>(u"remoteTitle"_s)->font().bold());
    QVERIFY(!m_view->findChild<QLabel *>(u"localTitle"_s)->font().bold());
}

void ActivePaneTest::graySelectionIsReadable()
{
    ui::FileListView &list = m_view->leftPane().list();
    m_elsewhere->setFocus();
    const QColor light(0x3d, 0xae, 0xe9); // of KDE's Breeze Dark
    for (const auto &[ground, text] : {std::pair(light, Qt::white), std::pair(light, Qt::black),
                                       std::pair(QColor(0x10, 0x30, 0x60), Qt::black)}) {
        QPalette palette = list.palette();
        palette.setColor(QPalette::Highlight, ground);
        palette.setColor(QPalette::HighlightedText, text);
        list.setPalette(palette);
        const QColor gray = selectionColor(m_view->leftPane());
        QCOMPARE(gray.saturation(), 0);
        QVERIFY2(ui::Theme::contrast(gray, text) > 4.4, qPrintable(gray.name()));
    }
}

void ActivePaneTest::markStaysWhileTheFocusIsElsewhere()
{
    FilePane &right = m_view->rightPane();
    right.list().setFocus();

    m_elsewhere->setFocus();

    QCOMPARE(&m_view->activePane(), &right);
    QCOMPARE(headerColor(right), highlight());
    QVERIFY(headerColor(m_view->leftPane()) != highlight());
    QCOMPARE(selectionColor(right).saturation(), 0); // no key acts on it
}

QTEST_MAIN(ActivePaneTest)

#include "ActivePaneTest.moc"
