#include "ui/transfers/TransferRow.h"

#include "ui/theme/Icons.h"
#include "ui/transfers/ConflictSheet.h"
#include "ui/transfers/FailureLabel.h"
#include "ui/transfers/TransferText.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/PlainLabel.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

constexpr int progressSteps = 1000;
constexpr int shownFailureLines = 6;

QString iconName(transfer::Direction direction)
{
    switch (direction) {
    case transfer::Direction::Upload:
        return QStringLiteral("upload");
    case transfer::Direction::Download:
        return QStringLiteral("download");
    case transfer::Direction::Relay:
        break;
    }
    return QStringLiteral("transfers");
}

int progressValue(const transfer::Progress &progress)
{
    const auto done = static_cast<double>(progress.bytesDone);
    const auto total = static_cast<double>(progress.bytesTotal);
    return total > 0 ? static_cast<int>(progressSteps * std::min(1.0, done / total)) : 0;
}

} // namespace

TransferRow::TransferRow(transfer::TransferJob &job, QWidget *parent)
    : QWidget(parent)
    , m_job(&job)
{
    setObjectName(QStringLiteral("transferRow"));
    createWidgets(job.request());
    connectJob();
    setFocusPolicy(Qt::StrongFocus);
    showState();
    if (job.openConflict()) {
        showConflict(*job.openConflict());
    }
}

// What the job does not signal by itself.
void TransferRow::showState()
{
    using State = transfer::TransferJob::State;
    if (m_job == nullptr || m_isFinished) {
        return;
    }
    const State state = m_job->state();
    const bool isPaused = state == State::Paused;
    m_pause->setIcon(Icons::icon(isPaused ? QStringLiteral("run") : QStringLiteral("pause")));
    m_pause->setToolTip(isPaused ? tr("Go on") : tr("Pause"));
    m_pause->setAccessibleName(m_pause->toolTip());
    m_connect->setVisible(!m_isConnected && !isPaused && state != State::Finished);
    if (state == State::Finished) {
        if (m_job->result()) {
            showResult(*m_job->result());
        }
    } else if (isPaused) {
        m_progress->setRange(0, progressSteps);
        m_progress->setValue(progressValue(m_job->progress()));
        m_status->setText(pausedText(m_job->progress()));
    } else if (!m_isConnected && !m_job->nextTry()) {
        m_progress->setRange(0, progressSteps);
        m_progress->setValue(progressValue(m_job->progress()));
        m_status->setText(connectionText(m_job->request()));
    } else if (state == State::Waiting && m_isConnected) {
        m_progress->setRange(0, progressSteps); // nothing moves
        m_progress->setValue(progressValue(m_job->progress()));
        m_status->setText(tr("Waiting"));
    } else if (state == State::Interrupted || state == State::Waiting) {
        showInterruption();
    } else {
        showProgress(m_job->progress());
    }
}

void TransferRow::setServer(const QString &title)
{
    m_server->setText(title);
    m_server->setVisible(!title.isEmpty());
}

void TransferRow::setConnected(bool isConnected)
{
    if (m_isConnected != isConnected) {
        m_isConnected = isConnected;
        showState();
    }
}

void TransferRow::togglePause()
{
    if (m_job == nullptr || m_isFinished) {
        return;
    }
    if (m_job->state() == transfer::TransferJob::State::Paused) {
        m_job->resume();
    } else {
        m_job->pause();
    }
}

void TransferRow::keyPressEvent(QKeyEvent *event)
{
    const bool isAlt = event->modifiers().testFlag(Qt::AltModifier);
    if (event->key() == Qt::Key_Space) {
        togglePause();
    } else if (event->key() == Qt::Key_Delete) {
        emit removeRequested();
    } else if (isAlt && event->key() == Qt::Key_Up) {
        emit moveRequested(-1);
    } else if (isAlt && event->key() == Qt::Key_Down) {
        emit moveRequested(1);
    } else if (event->key() == Qt::Key_Up) {
        focusPreviousChild();
    } else if (event->key() == Qt::Key_Down) {
        focusNextChild();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void TransferRow::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("transferMenu"));
    fillMenu(*menu);
    menu->popup(event->globalPos());
}

void TransferRow::fillMenu(QMenu &menu)
{
    if (!m_isFinished) {
        const bool isPaused
            = m_job != nullptr && m_job->state() == transfer::TransferJob::State::Paused;
        menu.addAction(isPaused ? tr("Go on") : tr("Pause"), this, &TransferRow::togglePause);
        menu.addSeparator();
        menu.addAction(tr("Move up"), this, [this] { emit moveRequested(-1); });
        menu.addAction(tr("Move down"), this, [this] { emit moveRequested(1); });
        menu.addSeparator();
        menu.addAction(tr("Cancel"), this, &TransferRow::removeRequested);
        return;
    }
    QAction *retry = menu.addAction(tr("Retry failed"), m_retry, &QToolButton::click);
    retry->setEnabled(m_retry->isVisible());
    menu.addAction(tr("Remove from the list"), this, &TransferRow::removeRequested);
}

void TransferRow::paintEvent(QPaintEvent *event)
{
    QWidget::paintEvent(event);
    if (hasFocus()) {
        QPainter painter(this);
        painter.setPen(palette().color(QPalette::Highlight));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void TransferRow::createWidgets(const transfer::TransferRequest &request)
{
    const QString title = transferTitle(request);
    setAccessibleName(transferDescription(request));
    auto *icon = new IconLabel(Icons::icon(iconName(request.direction)), this);
    m_title = new PlainLabel(title, PlainLabel::Role::Text, this);
    m_server = new PlainLabel(QString(), PlainLabel::Role::Subtle, this);
    m_server->setObjectName(QStringLiteral("transferServer"));
    m_server->hide();
    m_status = new PlainLabel(QString(), PlainLabel::Role::Subtle, this);
    m_status->setObjectName(QStringLiteral("transferStatus"));
    m_current = new PlainLabel(QString(), PlainLabel::Role::Subtle, this);
    m_current->setObjectName(QStringLiteral("transferCurrentFile"));
    m_current->setWordWrap(false);
    m_current->hide();
    m_progress = new QProgressBar(this);
    m_progress->setObjectName(QStringLiteral("transferProgress"));
    m_progress->setAccessibleName(tr("Progress of %1").arg(title));
    m_progress->setRange(0, progressSteps);
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(fontMetrics().height() / 2);
    createButtons();
    createLayout(icon);
}

// In the order in which they stand: Tab follows it.
void TransferRow::createButtons()
{
    m_connect = createButton("transferConnect", QStringLiteral("connect"), tr("Connect"));
    m_connect->setText(tr("Connect"));
    m_connect->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_connect->hide();
    connect(m_connect, &QToolButton::clicked, this, &TransferRow::connectRequested);
    createRetryButtons();
    m_detailsButton
        = createButton("transferDetails", QStringLiteral("chevron-down"), tr("Details"));
    m_detailsButton->setCheckable(true);
    m_detailsButton->hide();
    m_pause = createButton("transferPause", QStringLiteral("pause"), tr("Pause"));
    connect(m_pause, &QToolButton::clicked, this, &TransferRow::togglePause);
    m_cancel = createButton("transferCancel", QStringLiteral("cancel"), tr("Cancel"));
    m_details = new QPlainTextEdit(this);
    m_details->setObjectName(QStringLiteral("transferFailures"));
    m_details->setAccessibleName(tr("Failed files"));
    m_details->setReadOnly(true);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_details->setMaximumHeight(fontMetrics().lineSpacing() * shownFailureLines);
    m_details->hide();
    connect(m_detailsButton, &QToolButton::toggled, m_details, &QWidget::setVisible);
}

void TransferRow::createRetryButtons()
{
    m_retry = createButton("transferRetry", QStringLiteral("refresh"), tr("Retry failed"));
    m_retry->setText(tr("Retry failed"));
    m_retry->setToolTip(tr("Copy what has failed once more"));
    m_follow = createButton("transferFollowLinks", QStringLiteral("link"), tr("Follow links"));
    m_follow->setText(tr("Follow links"));
    m_follow->setToolTip(tr("Copy what has failed once more, and in place of links that lead out "
                            "of it what they lead to"));
    for (QToolButton *button : {m_retry, m_follow}) {
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->hide();
        connect(button, &QToolButton::clicked, this, [this, button] {
            m_retry->hide();
            m_follow->hide();
            emit retryRequested(button == m_follow ? std::optional(transfer::LinkChoice::Follow)
                                                   : std::nullopt);
        });
    }
}

// A row of its own for failures, folded away.
void TransferRow::createLayout(QWidget *icon)
{
    QSizePolicy policy = m_pause->sizePolicy();
    policy.setRetainSizeWhenHidden(true); // the columns of all rows stay in line
    m_pause->setSizePolicy(policy);

    auto *end = new QWidget(this); // the bar, and in its place what can be done after the end
    end->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto *endLayout = new QHBoxLayout(end);
    endLayout->setContentsMargins({});
    endLayout->addStretch();
    endLayout->addWidget(m_connect);
    endLayout->addWidget(m_progress, 1);
    endLayout->addWidget(m_retry);
    endLayout->addWidget(m_follow);
    endLayout->addWidget(m_detailsButton);
    auto *row = new QHBoxLayout;
    row->addWidget(icon);
    row->addWidget(m_title, 3);
    row->addWidget(m_server, 3);
    row->addWidget(m_status, 6);
    row->addWidget(end, 3);
    row->addWidget(m_pause);
    row->addWidget(m_cancel);
    m_layout = new QVBoxLayout(this);
    const int space = style()->pixelMetric(QStyle::PM_LayoutVerticalSpacing, nullptr, this);
    m_layout->setContentsMargins(space, space / 2, space, space / 2);
    m_layout->addLayout(row);
    m_current->setIndent(icon->sizeHint().width() + row->spacing()); // below the title
    m_layout->addWidget(m_current);
    m_layout->addWidget(m_details);
}

QToolButton *TransferRow::createButton(const char *objectName, const QString &iconName,
                                       const QString &text)
{
    auto *button = new QToolButton(this);
    button->setObjectName(QString::fromLatin1(objectName));
    button->setAccessibleName(text);
    button->setToolTip(text);
    button->setIcon(Icons::icon(iconName));
    button->setAutoRaise(true);
    return button;
}

void TransferRow::connectJob()
{
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        if (m_isFinished) {
            emit removeRequested();
        } else if (m_job != nullptr) {
            m_job->cancel();
        }
    });
    connect(m_job, &transfer::TransferJob::started, this, &TransferRow::showState);
    connect(m_job, &transfer::TransferJob::pausedChanged, this, &TransferRow::showState);
    connect(m_job, &transfer::TransferJob::progressed, this, &TransferRow::showProgress);
    connect(m_job, &transfer::TransferJob::conflictRaised, this, &TransferRow::showConflict);
    connect(m_job, &transfer::TransferJob::conflictClosed, this, [this] {
        const QWidget *focus = QApplication::focusWidget();
        const bool isHere = m_conflict != nullptr && m_conflict->isAncestorOf(focus);
        if (isHere) {
            setFocus(); // Qt would give it to whatever comes next, perhaps outside of the panel
        }
        closeQuestion();
        if (m_job->state() == transfer::TransferJob::State::Running) {
            showProgress(m_job->progress());
        }
        if (isHere) {
            emit questionAnswered();
        }
    });
    connect(m_job, &transfer::TransferJob::interrupted, this, &TransferRow::showInterruption);
    connect(m_job, &transfer::TransferJob::nextTryChanged, this, &TransferRow::showInterruption);
    connect(m_job, &transfer::TransferJob::finished, this, &TransferRow::showResult);
    // A queue that is torn down with its connection need not tell each job's end.
    connect(m_job, &QObject::destroyed, this, [this] {
        if (!m_isFinished) {
            base::Error error;
            error.kind = base::ErrorKind::ConnectionLost;
            showResult(base::Failure(error));
        }
    });
}

void TransferRow::showProgress(const transfer::Progress &progress)
{
    const bool isKnown = !progress.counting && progress.bytesTotal > 0;
    m_progress->setRange(0, isKnown ? progressSteps : 0);
    m_progress->setValue(progressValue(progress));
    if (hasQuestion()) { // how long that takes, nobody can tell
        m_status->setText(questionText(progress));
        return;
    }
    m_status->setText(progressText(progress));
    showCurrentFile(progress);
}

// What was told last stays: between two files the rows below would jump.
void TransferRow::showCurrentFile(const transfer::Progress &progress)
{
    const QString text = currentFileText(progress);
    if (!text.isEmpty()) {
        m_current->setText(fontMetrics().elidedText(text, Qt::ElideMiddle, width() * 3 / 4));
        m_current->setToolTip(progress.currentFile.toDisplay().toHtmlEscaped());
        m_current->show();
    }
}

void TransferRow::showConflict(const transfer::Conflict &conflict)
{
    m_conflict = new ConflictSheet(conflict, this);
    connect(m_conflict, &ConflictSheet::answered, this,
            [this, id = conflict.id](transfer::ConflictAnswer answer, transfer::AnswerScope scope) {
                if (m_job != nullptr) {
                    m_job->answer(id, answer, scope);
                }
            });
    m_layout->addWidget(m_conflict);
    m_conflict->show();
    m_current->hide(); // it need not be the file that is asked about
    m_status->setText(questionText(m_job->progress()));
    emit questionRaised();
}

bool TransferRow::hasQuestion() const
{
    return m_conflict != nullptr;
}

void TransferRow::focusQuestion()
{
    if (m_conflict != nullptr) {
        m_conflict->setFocus();
    }
}

void TransferRow::closeQuestion()
{
    if (m_conflict != nullptr) {
        m_conflict->hide();
        m_conflict->deleteLater();
        m_conflict = nullptr;
    }
}

// A question that was open is asked again when there is a connection.
void TransferRow::showInterruption()
{
    closeQuestion();
    m_progress->setRange(0, progressSteps); // nothing moves
    m_progress->setValue(progressValue(m_job->progress()));
    const bool isHeldUp = m_job->state() == transfer::TransferJob::State::Interrupted
        || (!m_isConnected && m_job->nextTry());
    m_status->setText(isHeldUp ? interruptionText(m_job->nextTry()) : tr("Waiting"));
}

// In the place of what was told before.
void TransferRow::showFailure(const QString &text)
{
    auto *failure = new FailureLabel(text, this);
    failure->setObjectName(m_status->objectName());
    delete m_layout->replaceWidget(m_status, failure);
    delete m_status;
    m_status = failure;
}

void TransferRow::showResult(const base::Result<transfer::Summary> &result)
{
    m_isFinished = true;
    m_summary = result.value_or(transfer::Summary());
    const bool isCancelled = !result && result.error().kind == base::ErrorKind::Cancelled;
    m_isFailed = result ? !result->failures.isEmpty() : !isCancelled;
    m_progress->hide();
    m_current->hide();
    m_connect->hide();
    m_pause->hide();
    m_cancel->setIcon(Icons::icon(QStringLiteral("close")));
    m_cancel->setToolTip(tr("Remove from the list"));
    m_cancel->setAccessibleName(m_cancel->toolTip());
    closeQuestion();
    m_isFailed ? showFailure(resultText(result)) : m_status->setText(resultText(result));
    const QString failures = m_job != nullptr ? failureText(m_job->request(), result) : QString();
    m_details->setPlainText(failures);
    m_detailsButton->setVisible(!failures.isEmpty());
    const bool mayRetry = result ? !result->failures.isEmpty() : true;
    m_retry->setText(result ? tr("Retry failed") : tr("Once more"));
    m_retry->setVisible(mayRetry && m_job != nullptr);
    const bool hasLinks = std::ranges::contains(
        m_summary.failures, transfer::CopyObstacle::LinkLeadsOut, &transfer::FileFailure::obstacle);
    m_follow->setVisible(hasLinks && m_job != nullptr);
    emit finished();
}

} // namespace ui
