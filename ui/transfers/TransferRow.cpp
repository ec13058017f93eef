#include "ui/transfers/TransferRow.h"

#include "ui/theme/Icons.h"
#include "ui/transfers/ConflictSheet.h"
#include "ui/transfers/TransferText.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/PlainLabel.h"

#include <QHBoxLayout>
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
    if (job.state() == transfer::TransferJob::State::Waiting) {
        m_status->setText(tr("Waiting"));
    } else {
        showProgress(job.progress());
    }
}

void TransferRow::createWidgets(const transfer::TransferRequest &request)
{
    const bool isUpload = request.direction == transfer::Direction::Upload;
    const QString title = transferTitle(request);
    setAccessibleName(isUpload ? tr("Upload of %1").arg(title) : tr("Download of %1").arg(title));
    auto *icon = new IconLabel(
        Icons::icon(isUpload ? QStringLiteral("upload") : QStringLiteral("download")), this);
    m_title = new PlainLabel(title, PlainLabel::Role::Text, this);
    m_status = new PlainLabel(QString(), PlainLabel::Role::Subtle, this);
    m_status->setObjectName(QStringLiteral("transferStatus"));
    m_progress = new QProgressBar(this);
    m_progress->setObjectName(QStringLiteral("transferProgress"));
    m_progress->setAccessibleName(tr("Progress of %1").arg(title));
    m_progress->setRange(0, progressSteps);
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(fontMetrics().height() / 2);
    m_cancel = createButton("transferCancel", QStringLiteral("cancel"), tr("Cancel"));
    m_detailsButton
        = createButton("transferDetails", QStringLiteral("chevron-down"), tr("Details"));
    m_detailsButton->setCheckable(true);
    m_detailsButton->hide();
    m_details = new QPlainTextEdit(this);
    m_details->setObjectName(QStringLiteral("transferFailures"));
    m_details->setAccessibleName(tr("Failed files"));
    m_details->setReadOnly(true);
    m_details->setMaximumHeight(fontMetrics().lineSpacing() * shownFailureLines);
    m_details->hide();
    connect(m_detailsButton, &QToolButton::toggled, m_details, &QWidget::setVisible);

    for (QWidget *widget : {static_cast<QWidget *>(m_progress), static_cast<QWidget *>(m_cancel)}) {
        QSizePolicy policy = widget->sizePolicy();
        policy.setRetainSizeWhenHidden(true); // the columns of all rows stay in line
        widget->setSizePolicy(policy);
    }

    auto *row = new QHBoxLayout;
    row->addWidget(icon);
    row->addWidget(m_title, 2);
    row->addWidget(m_status, 3);
    row->addWidget(m_progress, 2);
    row->addWidget(m_detailsButton);
    row->addWidget(m_cancel);
    m_layout = new QVBoxLayout(this);
    const int space = style()->pixelMetric(QStyle::PM_LayoutVerticalSpacing, nullptr, this);
    m_layout->setContentsMargins(space, space / 2, space, space / 2);
    m_layout->addLayout(row);
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
    connect(m_cancel, &QToolButton::clicked, m_job, &transfer::TransferJob::cancel);
    connect(m_job, &transfer::TransferJob::progressed, this, &TransferRow::showProgress);
    connect(m_job, &transfer::TransferJob::conflictRaised, this, &TransferRow::showConflict);
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
    m_status->setText(progressText(progress));
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
    m_conflict->setFocus();
    emit questionRaised();
}

void TransferRow::showResult(const base::Result<transfer::Summary> &result)
{
    m_isFinished = true;
    m_progress->hide();
    m_cancel->hide();
    if (m_conflict != nullptr) {
        m_conflict->deleteLater();
    }
    m_status->setText(resultText(result));
    const QString failures = failureText(result);
    m_details->setPlainText(failures);
    m_detailsButton->setVisible(!failures.isEmpty());
    emit finished();
}

} // namespace ui
