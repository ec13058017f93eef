#include "ui/files/ChecksumDialog.h"

#include "base/DisplayText.h"
#include "ui/errors/ErrorText.h"
#include "ui/files/PathLines.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

enum Column { Name, Hash, Way };

constexpr int whole = 1000; // of a file, in the bar
constexpr int longestNameShown = 30; // characters, until the column is made wider
constexpr qsizetype mostRows = 14; // that are shown at once without being asked for

QString wayText(files::Digest::Way way)
{
    return way == files::Digest::Way::ByServer ? ChecksumDialog::tr("by the server")
                                               : ChecksumDialog::tr("by this computer");
}

} // namespace

ChecksumDialog::ChecksumDialog(files::FileSystem &fileSystem, QList<files::FilePath> paths,
                               QWidget *parent)
    : QDialog(parent)
    , m_fileSystem(fileSystem)
    , m_paths(std::move(paths))
    , m_list(new QTreeWidget(this))
    , m_progress(new QProgressBar(this))
    , m_expected(new QLineEdit(this))
    , m_verdict(new QLabel(this))
{
    setObjectName(QStringLiteral("checksumDialog"));
    setWindowTitle(tr("Checksum (SHA-256)"));
    setAccessibleName(windowTitle());
    m_list->setObjectName(QStringLiteral("checksumList"));
    m_list->setAccessibleName(tr("Checksums"));
    m_list->setHeaderLabels({tr("Name"), tr("SHA-256"), tr("Made")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_progress->setObjectName(QStringLiteral("checksumProgress"));
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setTextVisible(false);
    m_expected->setObjectName(QStringLiteral("checksumExpected"));
    m_expected->setPlaceholderText(tr("Paste a checksum to compare"));
    m_verdict->setObjectName(QStringLiteral("checksumVerdict"));
    m_verdict->setTextFormat(Qt::PlainText);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton *copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    copy->setObjectName(QStringLiteral("checksumCopy"));
    auto *form = new QFormLayout;
    form->addRow(tr("&Expected:"), m_expected);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_progress);
    layout->addLayout(form);
    layout->addWidget(m_verdict);
    layout->addWidget(buttons);
    const QFontMetrics fixed(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    const QFontMetrics metrics = fontMetrics();
    resize(fixed.averageCharWidth() * 66 + metrics.averageCharWidth() * (longestNameShown + 24),
           metrics.lineSpacing()
               * static_cast<int>(13 + 5 * std::min(m_paths.size(), mostRows) / 4));

    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(lines()); });
    connect(m_expected, &QLineEdit::textChanged, this, &ChecksumDialog::compare);
    connect(&m_watcher, &QFutureWatcherBase::progressValueChanged, this, [this](int thousandths) {
        m_progress->setRange(0, whole * static_cast<int>(m_paths.size()));
        m_progress->setValue(whole * static_cast<int>(m_done) + thousandths);
    });
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &ChecksumDialog::handleDigest);
    next();
}

ChecksumDialog::~ChecksumDialog()
{
    m_watcher.disconnect(this);
    m_watcher.cancel();
}

void ChecksumDialog::next()
{
    m_progress->setVisible(m_done < m_paths.size());
    if (m_done == m_paths.size()) {
        return;
    }
    const bool isOne = m_paths.size() == 1; // until it is told
    m_progress->setRange(0, isOne ? 0 : whole * static_cast<int>(m_paths.size()));
    m_progress->setValue(whole * static_cast<int>(m_done));
    auto *item = new QTreeWidgetItem(m_list);
    item->setText(Name, base::displayText(m_paths[m_done].name()));
    item->setFont(Hash, QFontDatabase::systemFont(QFontDatabase::FixedFont));
    item->setText(Hash, tr("reading…"));
    m_list->resizeColumnToContents(Name);
    m_list->setColumnWidth(
        Name,
        std::min(m_list->columnWidth(Name), fontMetrics().averageCharWidth() * longestNameShown));
    m_watcher.setFuture(m_fileSystem.digest(m_paths[m_done]));
}

void ChecksumDialog::handleDigest()
{
    QTreeWidgetItem *item = m_list->topLevelItem(static_cast<int>(m_done));
    const QFuture<Digest> future = m_watcher.future();
    if (future.resultCount() > 0) {
        const Digest digest = future.result();
        item->setText(Hash,
                      digest ? QString::fromLatin1(digest->sha256.toHex())
                             : errorText(digest.error()).why);
        item->setData(Hash, Qt::UserRole, digest ? digest->sha256 : QByteArray());
        item->setText(Way, digest ? wayText(digest->way) : QString());
    }
    m_list->resizeColumnToContents(Hash);
    ++m_done;
    compare();
    next();
}

// Any of them: who compares has one file selected, or looks for the one that it is.
void ChecksumDialog::compare()
{
    const QString expected = m_expected->text().trimmed().section(u' ', 0, 0).toLower();
    bool isFound = false;
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        isFound = isFound || m_list->topLevelItem(row)->text(Hash) == expected;
    }
    m_verdict->setText(expected.isEmpty()             ? QString()
                           : isFound                  ? tr("The checksum is the same.")
                           : m_done == m_paths.size() ? tr("No file has this checksum.")
                                                      : tr("Not found yet…"));
}

// Of those that have one.
QString ChecksumDialog::lines() const
{
    QStringList lines;
    for (int row = 0; row < m_done; ++row) {
        const auto sha256 = m_list->topLevelItem(row)->data(Hash, Qt::UserRole).toByteArray();
        if (!sha256.isEmpty()) {
            lines << checksumLine(m_paths[row].name(), sha256);
        }
    }
    return lines.join(u'\n');
}

} // namespace ui
