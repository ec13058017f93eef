#include "ui/files/StagedFiles.h"

#include "transfer/TransferQueue.h"

#include <QDir>
#include <QFile>

#include <utility>
#include <vector>

namespace ui {
namespace {

// Removed when the program ends.
std::vector<std::unique_ptr<QTemporaryDir>> &keptDirectories()
{
    static std::vector<std::unique_ptr<QTemporaryDir>> directories;
    return directories;
}

base::Error noDirectory(const QTemporaryDir &directory)
{
    base::Error error;
    error.operation = QStringLiteral("create a directory");
    error.subject = QDir::tempPath();
    error.detail = directory.errorString();
    return error;
}

} // namespace

StagedFiles::StagedFiles(QObject *parent)
    : QObject(parent)
    , m_directory(std::make_unique<QTemporaryDir>(
          QDir::temp().filePath(QStringLiteral("ponto-files-XXXXXX"))))
{
}

// The transfer removes what it has not finished; what it has is removed with the directory, once
// nothing is written there any more.
StagedFiles::~StagedFiles()
{
    if (m_job != nullptr) {
        m_job->disconnect(this);
        connect(m_job, &transfer::TransferJob::finished, m_job,
                [directory = std::shared_ptr<QTemporaryDir>(std::move(m_directory))] { });
        m_job->cancel();
    }
}

void StagedFiles::fetch(transfer::TransferQueue &queue, transfer::TransferRequest request)
{
    if (!m_directory->isValid()) {
        emit finished(base::Failure(noDirectory(*m_directory)));
        return;
    }
    request.direction = transfer::Direction::Download;
    request.targetDirectory = files::FilePath(QFile::encodeName(m_directory->path()));
    m_job = queue.add(request);
    connect(m_job, &transfer::TransferJob::progressed, this, &StagedFiles::progressed);
    connect(m_job, &transfer::TransferJob::finished, this,
            [this, sources = request.sources](const base::Result<transfer::Summary> &result) {
                m_job = nullptr;
                if (result) {
                    keep(sources);
                }
                emit finished(result);
            });
}

void StagedFiles::keep(const QList<files::FilePath> &sources)
{
    const files::FilePath directory(QFile::encodeName(m_directory->path()));
    for (const files::FilePath &source : sources) {
        const files::FilePath copy = directory.child(source.name());
        const QFileInfo found(QFile::decodeName(copy.bytes()));
        if (found.exists() || found.isSymLink()) {
            m_copies.append(copy);
        }
    }
    keptDirectories().push_back(std::move(m_directory));
}

} // namespace ui
