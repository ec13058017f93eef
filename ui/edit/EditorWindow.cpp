#include "ui/edit/EditorWindow.h"

#include "base/DisplayText.h"
#include "ui/edit/EditorSearch.h"
#include "ui/edit/EditorStatus.h"
#include "ui/edit/EditTexts.h"
#include "ui/edit/ElsewhereSheet.h"
#include "ui/edit/MergeWindow.h"
#include "ui/edit/TextEditor.h"
#include "ui/edit/VersionsDialog.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/ConfirmSheet.h"
#include "ui/widgets/ErrorBanner.h"
#include "ui/widgets/NoticeBar.h"
#include "ui/widgets/SheetHost.h"

#include <QAbstractButton>
#include <QAction>
#include <QCloseEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QSaveFile>
#include <QTextBlock>
#include <QToolButton>
#include <QVBoxLayout>

#include <chrono>

using namespace Qt::StringLiterals;

namespace ui {
namespace {

using State = edit::EditSession::State;
using namespace std::chrono_literals;

constexpr auto draftPause = 1s; // the most that a crash may cost

} // namespace

EditorWindow::EditorWindow(std::unique_ptr<edit::EditSession> session, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_session(std::move(session))
    , m_host(new SheetHost(this))
    , m_text(new TextEditor)
{
    setObjectName(u"editorWindow"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    m_text->setObjectName(u"editorText"_s);
    m_text->setAccessibleName(tr("Text of the file"));
    m_text->setReadOnly(true); // until it is there
    auto *content = new QWidget;
    m_banner = new ErrorBanner(content);
    m_notice = new NoticeBar(Theme::Meaning::Subtle, content);
    m_notice->setObjectName(u"editorNotice"_s);
    m_search = new EditorSearch(*m_text, content);
    m_status = new EditorStatus(content);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    for (QWidget *part : std::initializer_list<QWidget *>{createTools(), m_banner, m_notice}) {
        layout->addWidget(part);
    }
    layout->addWidget(m_text, 1);
    layout->addWidget(m_search);
    layout->addWidget(m_status);
    m_host->setContent(content);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(m_host);
    resize(fontMetrics().averageCharWidth() * 120, fontMetrics().height() * 36);
    m_draftPause.setSingleShot(true);
    m_draftPause.setInterval(draftPause);
    connect(&m_draftPause, &QTimer::timeout, this, &EditorWindow::keepDraft);
    connectSession();
    updateTitle();
    updateStatus();
}

EditorWindow::~EditorWindow()
{
    if (!m_isCloseConfirmed) {
        keepDraft();
    }
}

QWidget *EditorWindow::createTools()
{
    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    const auto add = [this, row](const QString &id, const char *icon, const QString &text,
                                 const QList<QKeySequence> &keys, auto act) {
        auto *action = new QAction(Icons::icon(QString::fromLatin1(icon)), text, this);
        action->setObjectName(id);
        action->setShortcuts(keys);
        addAction(action);
        connect(action, &QAction::triggered, this, act);
        auto *button = new QToolButton;
        button->setDefaultAction(action);
        button->setAutoRaise(true);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        row->addWidget(button);
    };
    add(u"editorSave"_s, "check", tr("Save"), {QKeySequence::Save}, [this] { save(); });
    add(u"editorUndo"_s, "back", tr("Undo"), {}, [this] { m_text->undo(); });
    add(u"editorRedo"_s, "forward", tr("Redo"), {}, [this] { m_text->redo(); });
    add(u"editorFindOpen"_s, "search", tr("Find"), {QKeySequence::Find},
        [this] { m_search->openFind(); });
    add(u"editorReplaceOpen"_s, "rename", tr("Replace"), {QKeySequence(Qt::CTRL | Qt::Key_H)},
        [this] { m_search->openReplace(); });
    add(u"editorLineOpen"_s, "chevron-right", tr("Go to line"),
        {QKeySequence(Qt::CTRL | Qt::Key_G)}, [this] { m_search->openLine(); });
    add(u"editorVersionsOpen"_s, "log", tr("Versions"), {}, [this] { openVersions(); });
    row->addStretch();
    auto *close = new QAction(tr("Close"), this);
    close->setObjectName(u"editorClose"_s);
    close->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_W));
    addAction(close);
    connect(close, &QAction::triggered, this, &QWidget::close);
    return bar;
}

void EditorWindow::connectSession()
{
    edit::EditSession *session = m_session.get();
    connect(session, &edit::EditSession::loaded, this, &EditorWindow::handleLoaded);
    connect(session, &edit::EditSession::loadFailed, this, [this](const base::Error &error) {
        if (!m_isLoaded) {
            refuse(openFailureText(m_session->origin(), error));
        }
    });
    connect(session, &edit::EditSession::stateChanged, this, &EditorWindow::handleState);
    connect(session, &edit::EditSession::saved, this, [this] {
        m_wasSaved = true;
        m_banner->dismiss();
        updateStatus();
        if (!isVisible() && !isUnfinished()) {
            deleteLater(); // it was closed before it could be sent
        }
    });
    connect(session, &edit::EditSession::notKept, this, [this](const base::Error &error) {
        m_banner->showError(notKeptText(m_session->origin(), error));
    });
    connect(m_status, &EditorStatus::formatChosen, this, &EditorWindow::changeFormat);
    connect(m_text->document(), &QTextDocument::modificationChanged, this, [this] {
        updateTitle();
        updateStatus();
    });
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        if (isModified() && !m_draftPause.isActive()) {
            m_draftPause.start();
        }
    });
    connect(m_text, &QPlainTextEdit::cursorPositionChanged, this, &EditorWindow::updateStatus);
}

bool EditorWindow::isModified() const
{
    return m_isLoaded && m_text->document()->isModified();
}

bool EditorWindow::isUnfinished() const
{
    return isModified() || m_session->isUnsent();
}

// What the encoding does not have is kept all the same.
void EditorWindow::keepDraft()
{
    if (isModified()) {
        m_session->keepDraft(
            edit::encoded(m_text->content(), m_original).value_or(m_text->content().toUtf8()));
    }
}

void EditorWindow::handleLoaded(const QByteArray &content, bool isDraft)
{
    const auto text = edit::decoded(content);
    if (text) {
        m_text->setContent(text->text);
    }
    if (!text || m_text->content() != text->text) {
        refuse(binaryText(m_session->origin()));
        return;
    }
    m_original = *text;
    m_isLoaded = true;
    m_text->setReadOnly(!m_session->isWritable());
    m_status->setFormat(text->format);
    m_status->setEditable(m_session->isWritable());
    if (!m_session->isWritable()) {
        m_notice->showNotice(tr("You may read this file, not change it."));
    }
    if (isDraft) {
        m_text->document()->setModified(true);
        m_notice->showNotice(tr("This was typed the last time, and not saved."));
    }
    m_text->setFocus();
    updateTitle();
    updateStatus();
}

void EditorWindow::refuse(const ErrorText &why)
{
    emit refused(why);
    m_isCloseConfirmed = true;
    close();
}

void EditorWindow::handleState()
{
    updateStatus();
    if (m_session->state() == State::Conflict) {
        showConflict();
    } else if (m_session->state() == State::Failed) {
        m_banner->showError(saveFailureText(m_session->origin(), m_session->failure()));
        QAbstractButton *again = m_banner->addAction(tr("Try again"));
        again->setObjectName(u"editorSaveAgain"_s);
        connect(again, &QAbstractButton::clicked, this, &EditorWindow::save);
    }
}

void EditorWindow::showConflict()
{
    show();
    const bool isGone = !m_session->conflict().theirs;
    m_banner->showError(conflictText(m_session->origin(), m_session->conflict()));
    const auto add = [this](const QString &id, const QString &text, auto act) {
        QAbstractButton *button = m_banner->addAction(text);
        button->setObjectName(id);
        connect(button, &QAbstractButton::clicked, this, act);
    };
    if (!isGone) {
        add(u"editorCompare"_s, tr("Compare…"), [this] { compare(); });
    }
    add(u"editorOverwrite"_s, isGone ? tr("Save anew") : tr("Overwrite"),
        [this] { m_session->overwrite(); });
    add(u"editorElsewhere"_s, tr("Save elsewhere…"), [this] { saveElsewhere(); });
}

void EditorWindow::compare()
{
    auto *window
        = MergeWindow::create(m_session->origin(), m_session->conflict(), m_original, this);
    if (window == nullptr) {
        m_notice->showNotice(tr("What is there now is not plain text."));
        return;
    }
    window->setAttribute(Qt::WA_DeleteOnClose);
    connect(window, &MergeWindow::merged, this, [this](const QByteArray &content) {
        takeContent(content);
        m_text->document()->setModified(false);
        m_session->saveMerged(content);
    });
    window->show();
}

// The file itself stays as somebody else has left it.
void EditorWindow::saveElsewhere()
{
    if (m_host->currentSheet() != nullptr) {
        return;
    }
    auto *sheet = new ElsewhereSheet(m_session->origin());
    connect(sheet, &ElsewhereSheet::thisComputerChosen, this, &EditorWindow::saveHere);
    connect(sheet, &ElsewhereSheet::pathChosen, this, [this](const files::FilePath &path) {
        m_session->saveMineAs(path).then(this, [this, path](const base::Result<void> &saved) {
            if (saved) {
                settleElsewhere(path.toDisplay());
            } else {
                const ErrorText text = errorText(saved.error());
                m_notice->showNotice(
                    tr("Could not save as %1: %2").arg(path.toDisplay(), text.why));
            }
        });
    });
    m_host->present(sheet);
    sheet->setFocus();
}

void EditorWindow::settleElsewhere(const QString &path)
{
    m_session->giveUp();
    m_banner->dismiss();
    m_text->setFocus(); // the button that led here is gone
    m_notice->showNotice(tr("Saved as %1. The file itself was left as it is.").arg(path));
}

void EditorWindow::saveHere()
{
    auto *dialog = new QFileDialog(this, tr("Save elsewhere"));
    dialog->setObjectName(u"editorElsewhereDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(base::displayText(m_session->origin().path.name()));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        QSaveFile file(path);
        const QByteArray mine = m_session->conflict().mine;
        if (file.open(QIODevice::WriteOnly) && file.write(mine) == mine.size() && file.commit()) {
            settleElsewhere(path);
        } else {
            m_notice->showNotice(tr("Could not save as %1: %2").arg(path, file.errorString()));
        }
    });
    dialog->open();
}

void EditorWindow::save()
{
    const bool isRetry = m_session->isUnsent();
    if (!m_isLoaded || m_text->isReadOnly() || (!isModified() && !isRetry)) {
        return;
    }
    const QString text = m_text->content();
    const auto bytes = edit::encoded(text, m_original);
    if (!bytes) {
        m_notice->showNotice(
            tr("%1 lacks a character that you typed.").arg(nameOf(m_original.format.encoding)),
            tr("Save as UTF-8"), [this] {
                edit::TextFormat format = m_original.format;
                format.encoding = edit::Encoding::Utf8;
                changeFormat(format);
                save();
            });
        return;
    }
    m_notice->dismiss();
    m_original.text = text;
    if (m_original.format.isMixed) {
        m_original.lineEnds = edit::decoded(*bytes).value_or(m_original).lineEnds;
    }
    m_draftPause.stop();
    m_text->document()->setModified(false);
    m_session->save(*bytes);
}

void EditorWindow::changeFormat(const edit::TextFormat &format)
{
    m_original.format = format;
    m_status->setFormat(format);
    m_text->document()->setModified(true);
    m_draftPause.start();
}

void EditorWindow::openVersions()
{
    auto *dialog = new VersionsDialog(*m_session, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &VersionsDialog::chosen, this, &EditorWindow::takeContent);
    dialog->show();
}

void EditorWindow::takeContent(const QByteArray &content)
{
    if (const auto text = edit::decoded(content); text && !m_text->isReadOnly()) {
        m_text->replaceContent(text->text);
    }
}

void EditorWindow::closeEvent(QCloseEvent *event)
{
    if (m_isCloseConfirmed || !isUnfinished()) {
        return event->accept();
    }
    event->ignore();
    const State state = m_session->state();
    if (!isModified() && (state == State::Waiting || state == State::Saving)) {
        hide(); // sent as soon as there is a connection
    } else if (m_host->currentSheet() == nullptr) {
        askToClose();
    }
}

void EditorWindow::askToClose()
{
    auto *sheet = isModified()
        ? new ConfirmSheet(tr("Close without saving?"),
                           tr("What you typed since the last save will be lost."),
                           tr("Discard changes"))
        : new ConfirmSheet(tr("Close without sending?"),
                           tr("What you saved stays a version on this computer. The file itself is "
                              "left as it is."),
                           tr("Close"));
    connect(sheet, &ConfirmSheet::confirmed, this, [this] {
        m_draftPause.stop();
        m_session->dropDraft();
        const State state = m_session->state();
        if (state == State::Conflict || state == State::Failed) {
            m_session->giveUp();
        }
        m_isCloseConfirmed = true;
        close();
    });
    m_host->present(sheet);
    sheet->setFocus();
}

void EditorWindow::updateTitle()
{
    setWindowTitle(fileTitle(m_session->origin()) + u"[*]"_s);
    setWindowModified(isModified());
}

void EditorWindow::updateStatus()
{
    const QString state = editStateText(*m_session);
    m_status->setState(!state.isEmpty()   ? state
                           : isModified() ? tr("Changed, not saved yet.")
                           : m_wasSaved   ? tr("Saved.")
                                          : QString());
    const QTextCursor cursor = m_text->textCursor();
    m_status->setPlace(cursor.blockNumber() + 1, cursor.positionInBlock() + 1);
}

} // namespace ui
