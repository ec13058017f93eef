#include "ui/files/StagingSheet.h"

#include "base/DisplayText.h"
#include "transfer/TransferQueue.h"
#include "ui/errors/ErrorText.h"
#include "ui/files/DragHandle.h"
#include "ui/files/FileDrag.h"
#include "ui/units/SizeText.h"
#include "ui/widgets/PlainLabel.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLocale>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {
namespace {

QString itemsText(const QList<files::FilePath> &paths)
{
    return paths.size() == 1 ? StagingSheet::tr("“%1”").arg(base::displayText(paths.first().name()))
                             : StagingSheet::tr("%1 items").arg(QLocale().toString(paths.size()));
}

} // namespace

StagingSheet::StagingSheet(transfer::TransferQueue &queue, transfer::TransferRequest request,
                           QWidget *parent)
    : Sheet(parent)
    , m_queue(&queue)
    , m_request(std::move(request))
    , m_files(new StagedFiles(this))
    , m_state(
          new PlainLabel(tr("Ponto fetches what is on a server first: then other programs can take "
                            "it from here."),
                         PlainLabel::Role::Text, this))
    , m_progress(new QProgressBar(this))
    , m_handle(new DragHandle(this))
    , m_fetch(new QPushButton(tr("Fetch"), this))
    , m_copy(new QPushButton(tr("Copy"), this))
    , m_close(new QPushButton(tr("Cancel"), this))
{
    const QString title = tr("%1 for other programs").arg(itemsText(m_request.sources));
    setObjectName(QStringLiteral("stagingSheet"));
    setAccessibleName(title);
    m_progress->setAccessibleName(tr("Fetched"));
    m_progress->setTextVisible(false);
    m_progress->hide();
    m_handle->hide();
    m_fetch->setObjectName(QStringLiteral("stagingFetch"));
    m_copy->setObjectName(QStringLiteral("stagingCopy"));
    m_copy->setToolTip(tr("To be pasted in another program"));
    m_copy->hide();
    m_close->setObjectName(QStringLiteral("stagingClose"));
    setFocusProxy(m_fetch);

    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_fetch);
    buttons->addWidget(m_copy);
    buttons->addWidget(m_close);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(new PlainLabel(title, PlainLabel::Role::Title, this));
    layout->addWidget(m_state);
    layout->addWidget(m_progress);
    layout->addWidget(m_handle);
    layout->addLayout(buttons);

    connect(m_fetch, &QPushButton::clicked, this, &StagingSheet::fetch);
    connect(m_copy, &QPushButton::clicked, this, &StagingSheet::copy);
    connect(m_close, &QPushButton::clicked, this, &Sheet::cancel);
    connect(m_handle, &DragHandle::taken, this, [this] { finish(); });
    connect(m_files, &StagedFiles::progressed, this, &StagingSheet::showProgress);
    connect(m_files, &StagedFiles::finished, this, &StagingSheet::showEnd);
}

void StagingSheet::fetch()
{
    if (m_queue == nullptr || !m_fetch->isEnabled()) {
        return;
    }
    m_fetch->setEnabled(false);
    m_fetch->hide();
    m_progress->setRange(0, 0);
    m_progress->show();
    m_state->setText(tr("Fetching…"));
    m_close->setFocus();
    setFocusProxy(m_close);
    m_files->fetch(*m_queue, m_request);
}

void StagingSheet::showProgress(const transfer::Progress &progress)
{
    if (!progress.counting && progress.bytesTotal > 0) {
        constexpr int whole = 1000;
        m_progress->setRange(0, whole);
        m_progress->setValue(static_cast<int>(static_cast<double>(progress.bytesDone) * whole
                                              / static_cast<double>(progress.bytesTotal)));
    }
    m_state->setText(tr("%1 of %2 files, %3")
                         .arg(QLocale().toString(progress.filesDone),
                              QLocale().toString(progress.filesTotal),
                              sizeText(progress.bytesDone)));
}

void StagingSheet::showEnd(const base::Result<transfer::Summary> &result)
{
    m_progress->hide();
    m_close->setText(tr("Close"));
    if (m_files->copies().isEmpty()) {
        m_state->setText(
            result ? tr("Nothing of it could be fetched; the transfers tell why.")
                   : tr("It could not be fetched: %1").arg(errorText(result.error()).why));
        return;
    }
    const qsizetype failures = result ? result->failures.size() : 0;
    m_state->setText(failures == 0 ? tr("The copies are kept on this computer until Ponto ends.")
                                   : tr("%1 files could not be fetched; the transfers tell why.")
                                         .arg(QLocale().toString(failures)));
    m_handle->setFiles(m_files->copies());
    m_handle->show();
    m_copy->show();
    m_copy->setFocus();
    setFocusProxy(m_copy);
}

void StagingSheet::copy()
{
    QApplication::clipboard()->setMimeData(
        toMimeData({{}, m_files->copies()}, Place::ThisComputer).release());
    finish();
}

} // namespace ui
