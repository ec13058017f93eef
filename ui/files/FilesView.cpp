#include "ui/files/FilesView.h"

#include "base/DisplayText.h"
#include "transfer/TransferQueue.h"
#include "ui/files/FileChanges.h"
#include "ui/files/FileListView.h"
#include "ui/files/FilePane.h"
#include "ui/files/PaneDifference.h"
#include "ui/files/SynchronizedBrowsing.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/ConfirmSheet.h"
#include "ui/widgets/NoticeBar.h"

#include <QDataStream>
#include <QIODevice>
#include <QLocale>
#include <QSplitter>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <memory>
#include <utility>

namespace ui {
namespace {

constexpr quint32 stateVersion = 1;

QToolButton *createCopyButton(const QString &iconName, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(Icons::icon(iconName));
    button->setAccessibleName(name);
    button->setAutoRaise(true);
    button->setEnabled(false);
    return button;
}

} // namespace

FilesView::FilesView(files::FileSystem &local, QWidget *parent)
    : QWidget(parent)
    , m_local(new FilePane(Place::ThisComputer, this))
    , m_remote(new FilePane(Place::Server, this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
{
    setObjectName(QStringLiteral("filesView"));
    auto *right = new QWidget(m_splitter);
    auto *rightLayout = new QHBoxLayout(right);
    rightLayout->setContentsMargins(0, 0, 0, 0);
    rightLayout->setSpacing(0);
    rightLayout->addWidget(createCopyBar());
    rightLayout->addWidget(m_remote, 1);
    m_splitter->addWidget(m_local);
    m_splitter->addWidget(right);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);

    m_browsing = new SynchronizedBrowsing(*m_local, *m_remote);
    connect(m_together, &QToolButton::toggled, m_browsing, &SynchronizedBrowsing::setOn);
    connectPane(*m_local, *m_remote);
    connectPane(*m_remote, *m_local);
    m_local->list().setDropSources({m_local->list().id(), m_remote->list().id()});
    m_remote->list().setDropSources({m_local->list().id(), m_remote->list().id(), QUuid()});
    connect(m_local, &FilePane::directoryChanged, this, &FilesView::localPathChanged);
    connect(m_remote, &FilePane::directoryChanged, this, &FilesView::remotePathChanged);
    connect(m_remote, &FilePane::fileActivated, this, &FilesView::fileActivated);
    m_local->setFileSystem(&local, QString());
}

QWidget *FilesView::createCopyBar()
{
    m_upload = createCopyButton(QStringLiteral("upload"), tr("Upload"), this);
    m_upload->setObjectName(QStringLiteral("uploadButton"));
    m_upload->setToolTip(tr("Upload the selected files (F5)"));
    connect(m_upload, &QToolButton::clicked, this, [this] { copyFrom(*m_local); });
    m_download = createCopyButton(QStringLiteral("download"), tr("Download"), this);
    m_download->setObjectName(QStringLiteral("downloadButton"));
    m_download->setToolTip(tr("Download the selected files (F5)"));
    connect(m_download, &QToolButton::clicked, this, [this] { copyFrom(*m_remote); });

    m_together = createCopyButton(QStringLiteral("link"), tr("Browse both together"), this);
    m_together->setObjectName(QStringLiteral("browseTogether"));
    m_together->setToolTip(tr("Browse both together: a folder that is opened at one side is opened "
                              "at the other too (Ctrl+Alt+B)"));
    m_together->setCheckable(true);
    m_together->setShortcut(Qt::CTRL | Qt::ALT | Qt::Key_B);

    m_compare = createCopyButton(QStringLiteral("compare"), tr("Mark what differs"), this);
    m_compare->setObjectName(QStringLiteral("markDifferences"));
    m_compare->setToolTip(tr("Select at both sides what the other has not, or has otherwise "
                             "(Ctrl+Alt+M)"));
    m_compare->setShortcut(Qt::CTRL | Qt::ALT | Qt::Key_M);
    connect(m_compare, &QToolButton::clicked, this,
            [this] { markDifferences(*m_local, *m_remote); });
    m_synchronize
        = createCopyButton(QStringLiteral("synchronize"), tr("Compare and synchronize…"), this);
    m_synchronize->setObjectName(QStringLiteral("synchronize"));
    m_synchronize->setToolTip(tr("Compare and synchronize both folders and all that is in them "
                                 "(Ctrl+Shift+F5)"));
    connect(m_synchronize, &QToolButton::clicked, this, &FilesView::synchronizeRequested);

    auto *bar = new QWidget(this);
    auto *layout = new QVBoxLayout(bar);
    const int space = style()->pixelMetric(QStyle::PM_LayoutVerticalSpacing, nullptr, this) / 2;
    layout->setContentsMargins(0, space, 0, space);
    layout->addStretch();
    layout->addWidget(m_upload);
    layout->addWidget(m_download);
    layout->addSpacing(2 * space);
    layout->addWidget(m_together);
    layout->addWidget(m_compare);
    layout->addWidget(m_synchronize);
    layout->addStretch();
    return bar;
}

void FilesView::connectPane(FilePane &pane, FilePane &other)
{
    connect(&pane, &FilePane::copyRequested, this, [this, &pane] { copyFrom(pane); });
    connect(&pane, &FilePane::moveRequested, this,
            [this, &pane, &other] { moveFrom(pane, pane.selectedPaths(), other.directory()); });
    connect(&pane, &FilePane::sizeFormatChosen, &other, &FilePane::setSizeFormat);
    connect(&pane, &FilePane::dropped, this,
            [this, &pane](const FileDrop &drop) { takeDrop(pane, drop); });
    connect(&pane, &FilePane::otherPaneRequested, this, [&other] {
        if (other.isConnected()) {
            other.list().setFocus();
        }
    });
    connect(&pane, &FilePane::selectionChanged, this, &FilesView::updateCopyButtons);
}

void FilesView::setRemote(files::FileSystem *remote, transfer::TransferQueue *queue,
                          const QString &hostLabel)
{
    m_queue = queue;
    m_remote->setFileSystem(remote, hostLabel);
    updateCopyButtons();
}

void FilesView::setCaution(const QString &caution)
{
    m_remote->setCaution(caution);
}

void FilesView::setRemoteAddress(const std::optional<PaneAddress> &address)
{
    m_remote->setAddress(address);
}

void FilesView::setPreparation(std::function<void(transfer::TransferRequest &)> prepare)
{
    m_prepare = std::move(prepare);
}

void FilesView::showLocal(const files::FilePath &directory)
{
    m_local->goTo(directory);
}

void FilesView::showRemote(const files::FilePath &directory)
{
    m_remote->goTo(directory);
}

void FilesView::copyFrom(const FilePane &pane)
{
    const bool isUpload = &pane == m_local;
    const FilePane &target = isUpload ? *m_remote : *m_local;
    startTransfer(isUpload ? transfer::Direction::Upload : transfer::Direction::Download,
                  pane.selectedPaths(), target.directory());
}

// The originals go when all of their copies are whole; they can be had back from the trash.
void FilesView::moveFrom(FilePane &pane, const QList<files::FilePath> &sources,
                         const files::FilePath &directory)
{
    const bool isUpload = &pane == m_local;
    if (m_queue == nullptr || sources.isEmpty() || directory.isEmpty()) {
        return;
    }
    const QString question = sources.size() == 1
        ? tr("Move “%1” to %2?")
              .arg(base::displayText(sources.first().name()), directory.toDisplay())
        : tr("Move %1 items to %2?").arg(QLocale().toString(sources.size()), directory.toDisplay());
    auto sheet = std::make_unique<ConfirmSheet>(
        question, tr("What has arrived whole is moved to the trash here."), tr("Move"));
    connect(sheet.get(), &ConfirmSheet::confirmed, this,
            [this, &pane, isUpload, sources, directory] {
                const auto direction
                    = isUpload ? transfer::Direction::Upload : transfer::Direction::Download;
                auto *job = startTransfer(direction, sources, directory);
                if (job == nullptr) {
                    return;
                }
                connect(job, &transfer::TransferJob::finished, &pane,
                        [&pane, sources](const base::Result<transfer::Summary> &result) {
                            const bool isWhole
                                = result && result->failures.isEmpty() && result->filesSkipped == 0;
                            if (isWhole) {
                                pane.changes().trash(sources);
                            }
                        });
            });
    pane.openSheet(std::move(sheet));
}

void FilesView::takeDrop(FilePane &pane, const FileDrop &drop)
{
    const FilePane &other = &pane == m_remote ? *m_local : *m_remote;
    const bool isFromOther = drop.drag.pane == other.list().id();
    if (drop.drag.pane == pane.list().id()) {
        pane.changes().move(drop.drag.paths, drop.targetDirectory); // undone by one key
        return;
    }
    if (!isFromOther && (!drop.drag.pane.isNull() || &pane != m_remote)) {
        pane.notice().showNotice(tr("Files of another tab can not be copied here directly."));
        return;
    }
    if (drop.isMove && isFromOther) {
        moveFrom(&pane == m_remote ? *m_local : *m_remote, drop.drag.paths, drop.targetDirectory);
    } else {
        copyWithCare(pane, drop.drag.paths, drop.targetDirectory);
    }
}

bool FilesView::canUpload() const
{
    return m_queue != nullptr;
}

void FilesView::upload(const QList<files::FilePath> &sources, const files::FilePath &directory)
{
    copyWithCare(*m_remote, sources, directory);
}

void FilesView::copyWithCare(FilePane &target, const QList<files::FilePath> &sources,
                             const files::FilePath &directory)
{
    const auto direction
        = &target == m_remote ? transfer::Direction::Upload : transfer::Direction::Download;
    const QString question = sources.size() == 1
        ? tr("Copy “%1” to %2?")
              .arg(base::displayText(sources.first().name()), directory.toDisplay())
        : tr("Copy %1 items to %2?").arg(QLocale().toString(sources.size()), directory.toDisplay());
    target.withCare(question, tr("Copy"), [this, direction, sources, directory] {
        startTransfer(direction, sources, directory);
    });
}

transfer::TransferJob *FilesView::startTransfer(transfer::Direction direction,
                                                const QList<files::FilePath> &sources,
                                                const files::FilePath &target)
{
    if (m_queue == nullptr || sources.isEmpty() || target.isEmpty()) {
        return nullptr;
    }
    transfer::TransferRequest request;
    request.direction = direction;
    request.sources = sources;
    request.targetDirectory = target;
    request.options.resume = true; // what is left of an earlier copy is compared first
    m_prepare(request);
    transfer::TransferJob *job = m_queue->add(request);
    FilePane *pane = direction == transfer::Direction::Upload ? m_remote : m_local;
    connect(job, &transfer::TransferJob::finished, pane, [pane] { pane->refresh(); });
    return job;
}

void FilesView::updateCopyButtons()
{
    const bool canCopy
        = m_queue != nullptr && !m_remote->directory().isEmpty() && !m_local->directory().isEmpty();
    for (QToolButton *button : {m_together, m_compare, m_synchronize}) {
        button->setEnabled(canCopy);
    }
    m_upload->setEnabled(canCopy && m_local->list().selectionModel()->hasSelection());
    m_download->setEnabled(canCopy && m_remote->list().selectionModel()->hasSelection());
}

QByteArray FilesView::saveState() const
{
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    out << stateVersion << m_splitter->saveState() << m_local->saveState() << m_remote->saveState();
    return state;
}

bool FilesView::restoreState(const QByteArray &state)
{
    QDataStream in(state);
    quint32 version = 0;
    QByteArray splitter;
    QByteArray local;
    QByteArray remote;
    in >> version >> splitter >> local >> remote;
    if (in.status() != QDataStream::Ok || version != stateVersion) {
        return false;
    }
    return m_splitter->restoreState(splitter) && m_local->restoreState(local)
        && m_remote->restoreState(remote);
}

} // namespace ui
