#include "ui/files/PaneTransfers.h"

#include "base/DisplayText.h"
#include "transfer/TransferQueue.h"
#include "ui/files/ChangeText.h"
#include "ui/files/FileChanges.h"
#include "ui/files/FilePane.h"
#include "ui/files/FreeNames.h"
#include "ui/files/PanePlace.h"
#include "ui/files/StagingSheet.h"
#include "ui/widgets/ConfirmSheet.h"
#include "ui/widgets/NoticeBar.h"

#include <QLocale>

namespace ui {
namespace {

using files::FilePath;
using transfer::Direction;

bool isSamePlace(const PanePlace &one, const PanePlace &other)
{
    return one.id() == other.id();
}

QString nameOf(const FilePath &directory, const PanePlace &place)
{
    return place.kind() == Place::ThisComputer
        ? directory.toDisplay()
        : PaneTransfers::tr("%1 on %2").arg(directory.toDisplay(), place.label());
}

QString question(const QList<FilePath> &sources, const QString &target, const QString &one,
                 const QString &several)
{
    return sources.size() == 1
        ? one.arg(shortName(base::displayText(sources.first().name())), target)
        : several.arg(QLocale().toString(sources.size()), target);
}

} // namespace

PaneTransfers::PaneTransfers(std::shared_ptr<PanePlace> local, QObject *parent)
    : QObject(parent)
    , m_local(std::move(local))
{
}

void PaneTransfers::setPreparation(std::function<void(transfer::TransferRequest &)> prepare)
{
    m_prepare = std::move(prepare);
}

PaneTransfers::Source PaneTransfers::selectionOf(FilePane &pane)
{
    return {pane.place(), &pane, pane.selectedPaths()};
}

bool PaneTransfers::canCopy(const FilePane &from, const FilePane &to)
{
    return from.isConnected() && to.isConnected() && !from.directory().isEmpty()
        && !to.directory().isEmpty();
}

void PaneTransfers::copy(FilePane &from, FilePane &to)
{
    if (canCopy(from, to)) {
        start(selectionOf(from), to, to.directory());
    }
}

void PaneTransfers::move(FilePane &from, FilePane &to)
{
    const Source source = selectionOf(from);
    if (!canCopy(from, to) || source.paths.isEmpty()) {
        return;
    }
    if (isSamePlace(*from.place(), *to.place())) {
        moveWithin(source, to, to.directory());
    } else {
        askToMove(source, to, to.directory());
    }
}

void PaneTransfers::stage(FilePane &pane, Staging way)
{
    transfer::TransferQueue *queue = pane.place()->queue();
    transfer::TransferRequest request;
    request.sources = pane.selectedPaths();
    if (queue == nullptr || request.sources.isEmpty()) {
        return;
    }
    m_prepare(request);
    request.isPassing = true; // as the copies are
    auto sheet = std::make_unique<StagingSheet>(*queue, request);
    const QPointer<StagingSheet> asked = sheet.get();
    pane.openPlaceSheet(std::move(sheet)); // unless another question is open
    if (way == Staging::Fetch && asked != nullptr) {
        asked->fetch();
    }
}

void PaneTransfers::take(FilePane &pane, const FileDrop &drop)
{
    FilePane *from = FilePane::find(drop.drag.pane);
    if (from == nullptr && !drop.drag.pane.isNull()) {
        pane.notice().showNotice(tr("The pane that they come from is closed by now."));
        return;
    }
    const Source source{from == nullptr ? m_local : from->place(), from, drop.drag.paths};
    const bool isSame = isSamePlace(*source.place, *pane.place());
    if (isSame && drop.action == Qt::LinkAction) {
        pane.changes().createLinks(underFreeNames(source.paths, drop.targetDirectory, pane));
    } else if (isSame && drop.action == Qt::MoveAction) {
        moveWithin(source, pane, drop.targetDirectory); // undone by one key
    } else if (drop.action == Qt::MoveAction && from != nullptr) {
        askToMove(source, pane, drop.targetDirectory);
    } else {
        copyWithCare(source, pane, drop.targetDirectory);
    }
}

void PaneTransfers::upload(const QList<FilePath> &sources, FilePane &to, const FilePath &directory)
{
    copyWithCare({m_local, nullptr, sources}, to, directory);
}

void PaneTransfers::copyWithCare(const Source &source, FilePane &to, const FilePath &directory)
{
    to.withCare(question(source.paths, nameOf(directory, *to.place()), tr("Copy “%1” to %2?"),
                         tr("Copy %1 items to %2?")),
                tr("Copy"), {}, [this, source, &to, directory] { start(source, to, directory); });
}

// The pane that was left shows what is gone until it is read again.
void PaneTransfers::moveWithin(const Source &source, FilePane &to, const FilePath &directory)
{
    if (source.pane != nullptr && source.pane != &to) {
        connect(&to.changes(), &FileChanges::finished, source.pane, &FilePane::refresh,
                Qt::SingleShotConnection);
    }
    to.changes().move(source.paths, directory);
}

// The originals go when all of their copies are whole; they can be had back from the trash.
void PaneTransfers::askToMove(const Source &source, FilePane &to, const FilePath &directory)
{
    auto sheet = std::make_unique<ConfirmSheet>(
        question(source.paths, nameOf(directory, *to.place()), tr("Move “%1” to %2?"),
                 tr("Move %1 items to %2?")),
        tr("What has arrived whole is moved to the trash here."), tr("Move"));
    connect(sheet.get(), &ConfirmSheet::confirmed, &to, [this, source, &to, directory] {
        transfer::TransferJob *job = startTransfer(source, to, directory);
        if (job == nullptr || source.pane == nullptr) {
            return;
        }
        connect(job, &transfer::TransferJob::finished, source.pane,
                [source](const base::Result<transfer::Summary> &result) {
                    const bool isWhole
                        = result && result->failures.isEmpty() && result->filesSkipped == 0;
                    if (isWhole && source.pane->place() == source.place) {
                        source.pane->changes().trash(source.paths);
                    } else {
                        source.pane->notice().showNotice(
                            tr("Not moved: the originals stay where they are. Transfers shows what "
                               "has been copied."));
                    }
                });
    });
    source.pane->openSheet(std::move(sheet), source.paths);
}

void PaneTransfers::start(const Source &source, FilePane &to, const FilePath &directory)
{
    if (isSamePlace(*source.place, *to.place())) {
        to.changes().duplicate(underFreeNames(source.paths, directory, to));
    } else {
        startTransfer(source, to, directory);
    }
}

transfer::TransferJob *PaneTransfers::startTransfer(const Source &source, FilePane &to,
                                                    const FilePath &directory)
{
    const bool isUpload = source.place->kind() == Place::ThisComputer;
    const bool isDownload = to.place()->kind() == Place::ThisComputer;
    transfer::TransferQueue *queue = isDownload ? source.place->queue() : to.place()->queue();
    const bool isRelay = !isUpload && !isDownload;
    if (queue == nullptr || (isRelay && source.place->queue() == nullptr) || source.paths.isEmpty()
        || directory.isEmpty()) {
        return nullptr;
    }
    transfer::TransferRequest request;
    request.direction = isUpload ? Direction::Upload
        : isDownload             ? Direction::Download
                                 : Direction::Relay;
    if (isRelay) {
        request.source = source.place->queue()->server();
    }
    request.sources = source.paths;
    request.targetDirectory = directory;
    request.options.resume = true; // what is left of an earlier copy is compared first
    m_prepare(request);
    return queue->add(request);
}

} // namespace ui
