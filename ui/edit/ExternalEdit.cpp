#include "ui/edit/ExternalEdit.h"

#include "ui/edit/EditTexts.h"
#include "ui/edit/MergeWindow.h"
#include "ui/widgets/ConfirmSheet.h"
#include "ui/widgets/ErrorBanner.h"
#include "ui/widgets/PlainLabel.h"
#include "ui/widgets/SheetHost.h"

#include <QAbstractButton>
#include <QCloseEvent>
#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QProcess>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

using State = edit::EditSession::State;

ExternalEdit::ExternalEdit(std::unique_ptr<edit::EditSession> session, QString command,
                           QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_session(std::move(session))
    , m_command(std::move(command))
    , m_host(new SheetHost(this))
    , m_state(new PlainLabel(tr("Reading…")))
    , m_banner(new ErrorBanner)
{
    setObjectName(u"externalEdit"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(fileTitle(m_session->origin()));
    m_state->setObjectName(u"externalEditState"_s);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Close)->setText(tr("Stop editing"));
    buttons->button(QDialogButtonBox::Close)->setObjectName(u"externalEditStop"_s);
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->addWidget(new PlainLabel(fileTitle(m_session->origin()), PlainLabel::Role::Title));
    layout->addWidget(m_banner);
    layout->addWidget(m_state);
    layout->addStretch();
    layout->addWidget(buttons);
    m_host->setContent(content);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(m_host);
    resize(fontMetrics().averageCharWidth() * 80, fontMetrics().height() * 12);
    connect(buttons, &QDialogButtonBox::rejected, this, &QWidget::close);
    edit::EditSession *edited = m_session.get();
    connect(edited, &edit::EditSession::loaded, this, &ExternalEdit::openCopy);
    connect(edited, &edit::EditSession::loadFailed, this, [this](const base::Error &error) {
        if (m_watch == nullptr) {
            refuse(openFailureText(m_session->origin(), error));
        }
    });
    connect(edited, &edit::EditSession::stateChanged, this, &ExternalEdit::handleState);
    connect(edited, &edit::EditSession::saved, this, [this] {
        m_banner->dismiss();
        m_state->setText(tr("Saved. It is sent again each time the program saves it."));
    });
    connect(edited, &edit::EditSession::notKept, this, [this](const base::Error &error) {
        m_banner->showError(notKeptText(m_session->origin(), error));
    });
}

void ExternalEdit::refuse(const ErrorText &why)
{
    emit refused(why);
    m_isCloseConfirmed = true;
    close();
}

void ExternalEdit::openCopy(const QByteArray &content)
{
    m_session->setProgram(m_command);
    m_session->writeCopy(content).then(this, [this, content](const base::Result<QString> &path) {
        if (!path) {
            return refuse(openFailureText(m_session->origin(), path.error()));
        }
        m_watch = std::make_unique<edit::CopyWatch>(*path, content);
        connect(m_watch.get(), &edit::CopyWatch::changed, m_session.get(),
                &edit::EditSession::save);
        start(*path);
    });
}

void ExternalEdit::start(const QString &path)
{
    const QStringList words = QProcess::splitCommand(m_command);
    const bool hasStarted = words.isEmpty()
        ? QDesktopServices::openUrl(QUrl::fromLocalFile(path))
        : QProcess::startDetached(words.first(), words.sliced(1) + QStringList{path});
    if (!hasStarted) {
        refuse({.what = tr("Could not open %1").arg(fileTitle(m_session->origin())),
                .why = m_command.isEmpty() ? tr("The desktop knows no program for it.")
                                           : tr("%1 did not start.").arg(m_command),
                .advice = tr("Choose another program."),
                .details = {}});
        return;
    }
    m_state->setText(tr("Open in another program. It is sent each time the program saves it."));
}

void ExternalEdit::handleState()
{
    if (const QString text = editStateText(*m_session); !text.isEmpty()) {
        m_state->setText(text);
    }
    if (m_session->state() == State::Failed) {
        m_banner->showError(saveFailureText(m_session->origin(), m_session->failure()));
    } else if (m_session->state() == State::Conflict) {
        m_banner->showError(conflictText(m_session->origin(), m_session->conflict()));
        addDecisions();
        show();
        raise();
    }
}

void ExternalEdit::addDecisions()
{
    const auto mine = edit::decoded(m_session->conflict().mine);
    if (m_session->conflict().theirs && mine) {
        QAbstractButton *button = m_banner->addAction(tr("Compare…"));
        button->setObjectName(u"externalEditCompare"_s);
        connect(button, &QAbstractButton::clicked, this, &ExternalEdit::saveMerged);
    }
    const bool isGone = !m_session->conflict().theirs;
    QAbstractButton *button = m_banner->addAction(isGone ? tr("Save anew") : tr("Overwrite"));
    button->setObjectName(u"externalEditOverwrite"_s);
    connect(button, &QAbstractButton::clicked, m_session.get(), &edit::EditSession::overwrite);
}

// The program has the copy open as it is: it offers to read what was merged.
void ExternalEdit::saveMerged()
{
    const auto mine = edit::decoded(m_session->conflict().mine);
    auto *window = !mine
        ? nullptr
        : MergeWindow::create(m_session->origin(), m_session->conflict(), *mine, this);
    if (window == nullptr) {
        return;
    }
    window->setAttribute(Qt::WA_DeleteOnClose);
    connect(window, &MergeWindow::merged, this, [this](const QByteArray &content) {
        m_session->saveMerged(content);
        m_session->writeCopy(content);
    });
    window->show();
}

void ExternalEdit::closeEvent(QCloseEvent *event)
{
    if (m_watch != nullptr) {
        m_watch->look(); // what was saved a moment ago
    }
    if (m_isCloseConfirmed || !isUnfinished()) {
        return event->accept();
    }
    event->ignore();
    if (m_host->currentSheet() != nullptr) {
        return;
    }
    auto *sheet = new ConfirmSheet(tr("Stop before it is sent?"),
                                   tr("What was saved stays a version on this computer. The file "
                                      "itself is left as it is."),
                                   tr("Stop editing"));
    connect(sheet, &ConfirmSheet::confirmed, this, [this] {
        m_session->giveUp();
        m_isCloseConfirmed = true;
        close();
    });
    m_host->present(sheet);
    sheet->setFocus();
}

} // namespace ui
