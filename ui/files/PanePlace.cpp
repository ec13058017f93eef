#include "ui/files/PanePlace.h"

#include "base/DisplayText.h"
#include "transfer/TransferQueue.h"
#include "transfer/TransferSchedule.h"
#include "ui/files/ChangeHistory.h"

#include <utility>

namespace ui {

PanePlace::PanePlace(Place kind, QObject *parent)
    : QObject(parent)
    , m_kind(kind)
    , m_history(std::make_shared<ChangeHistory>())
{
    if (kind == Place::ThisComputer) {
        m_id = QStringLiteral("local");
    }
}

PanePlace::~PanePlace() = default;

bool PanePlace::isSameMachine(const PanePlace &other) const
{
    return m_kind == other.m_kind
        && (m_id == other.m_id || (m_address && m_address == other.m_address));
}

transfer::TransferQueue *PanePlace::queue() const
{
    return m_queue;
}

void PanePlace::setHistory(std::shared_ptr<ChangeHistory> history)
{
    m_history = std::move(history);
}

void PanePlace::open(files::FileSystem *fileSystem, const QString &label,
                     transfer::TransferQueue *queue)
{
    m_fileSystem = fileSystem;
    m_label = base::displayText(label);
    follow(queue);
    emit changed();
}

void PanePlace::showDownloads(transfer::TransferSchedule &schedule)
{
    connect(&schedule, &transfer::TransferSchedule::targetChanged, this,
            [this](const transfer::TransferRequest &request) {
                if (request.direction == transfer::Direction::Download) {
                    touch(request.targetDirectory, nullptr);
                }
            });
}

// Whatever arrives from now on: panes show it.
void PanePlace::follow(transfer::TransferQueue *queue)
{
    if (m_queue == queue) {
        return;
    }
    if (m_queue != nullptr) {
        m_queue->disconnect(this);
    }
    m_queue = queue;
    if (m_queue != nullptr) {
        connect(m_queue, &transfer::TransferQueue::targetChanged, this,
                [this](const transfer::TransferRequest &request) {
                    if (request.direction != transfer::Direction::Download) {
                        touch(request.targetDirectory, nullptr);
                    }
                });
    }
}

void PanePlace::close()
{
    if (m_fileSystem != nullptr) {
        m_fileSystem = nullptr;
        follow(nullptr);
        m_run = nullptr;
        emit changed();
    }
}

void PanePlace::setBookmarks(const QList<files::FilePath> &paths)
{
    if (paths != m_bookmarks) {
        m_bookmarks = paths;
        emit bookmarksChanged();
    }
}

void PanePlace::changeBookmarks(const QList<files::FilePath> &paths)
{
    setBookmarks(paths);
    emit bookmarksEdited(paths);
}

} // namespace ui
