#include "ui/connect/ImportSheet.h"

#include "base/DisplayText.h"
#include "profiles/import/ImportSelection.h"
#include "ui/connect/ImportModel.h"
#include "ui/connect/ImportText.h"
#include "ui/errors/SessionsErrorText.h"
#include "ui/widgets/BackgroundTask.h"
#include "ui/widgets/EmptyFocus.h"
#include "ui/widgets/PlainLabel.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTreeView>
#include <QVBoxLayout>

namespace ui {
namespace {

using profiles::ImportFormat;

using Read = base::Result<profiles::ImportedSessions, profiles::ImportProblem>;

constexpr int usualWidth = 130;
constexpr int usualLines = 14; // of the table
constexpr int nameCharacters = 26; // of the columns
constexpr int addressCharacters = 28;
constexpr int groupCharacters = 24;
constexpr int pathRole = Qt::UserRole + 1; // beside the format

QString shortPath(const QString &path)
{
    const QString home = QDir::homePath() + u'/';
    return base::displayText(path.startsWith(home) ? QStringLiteral("~/") + path.sliced(home.size())
                                                   : path);
}

} // namespace

ImportSheet::ImportSheet(profiles::ProfileStore &store, QWidget *parent)
    : Sheet(parent)
    , m_store(store)
    , m_model(new ImportModel(this))
    , m_places(new QComboBox(this))
    , m_formats(new QComboBox(this))
    , m_table(new QTreeView(this))
    , m_group(new QComboBox(this))
    , m_summary(new PlainLabel({}, PlainLabel::Role::Subtle, this))
    , m_problem(new PlainLabel({}, PlainLabel::Role::Danger, this))
{
    setObjectName(QStringLiteral("importSheet"));
    setAccessibleName(tr("Import sessions"));
    m_summary->setObjectName(QStringLiteral("importSummary"));
    m_problem->setObjectName(QStringLiteral("importProblem"));
    m_problem->hide();
    createTable();
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(new PlainLabel(tr("Import sessions"), PlainLabel::Role::Title, this));
    layout->addLayout(createSource());
    layout->addWidget(m_table, 1);
    layout->addWidget(m_summary);
    layout->addLayout(createTarget());
    layout->addWidget(m_problem);
    layout->addLayout(createButtons());
    setFocusProxy(m_places);
    addUsualPlaces();
    connect(m_places, &QComboBox::currentIndexChanged, this, [this] {
        const QSignalBlocker blocker(m_formats);
        m_formats->setCurrentIndex(m_formats->findData(m_places->currentData()));
        readPlace();
    });
    connect(m_formats, &QComboBox::currentIndexChanged, this, &ImportSheet::readPlace);
    connect(m_model, &ImportModel::chosenChanged, this, &ImportSheet::updateSummary);
    readPlace();
}

int ImportSheet::widthInCharacters() const
{
    return usualWidth;
}

void ImportSheet::createTable()
{
    m_table->setObjectName(QStringLiteral("importTable"));
    m_table->setAccessibleName(tr("Sessions to import"));
    m_table->setModel(m_model);
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setAllColumnsShowFocus(true);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setMinimumHeight(fontMetrics().lineSpacing() * usualLines);
    m_table->installEventFilter(this);
    new EmptyFocus(*m_table);
    const int character = fontMetrics().averageCharWidth();
    m_table->header()->resizeSection(ImportModel::Name, character * nameCharacters);
    m_table->header()->resizeSection(ImportModel::Address, character * addressCharacters);
    m_table->header()->resizeSection(ImportModel::Group, character * groupCharacters);
}

QLayout *ImportSheet::createSource()
{
    m_places->setObjectName(QStringLiteral("importPlace"));
    m_places->setAccessibleName(tr("Import from"));
    m_places->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_formats->setObjectName(QStringLiteral("importFormat"));
    m_formats->setAccessibleName(tr("Format"));
    for (const ImportFormat format : profiles::allImportFormats) {
        m_formats->addItem(importFormatText(format), static_cast<int>(format));
    }
    auto *choose = new QPushButton(tr("Choose file…"), this);
    choose->setObjectName(QStringLiteral("importChoose"));
    connect(choose, &QPushButton::clicked, this, &ImportSheet::chooseFile);
    setTabOrder(m_places, choose);
    auto *row = new QHBoxLayout;
    row->addWidget(m_places, 1);
    row->addWidget(choose);
    row->addWidget(m_formats);
    auto *form = new QFormLayout;
    form->addRow(tr("From"), row);
    return form;
}

QLayout *ImportSheet::createTarget()
{
    m_group->setObjectName(QStringLiteral("importGroup"));
    m_group->setAccessibleName(tr("Into group"));
    m_group->setEditable(true);
    m_group->addItem(QString());
    for (const QString &group : m_store.groups()) {
        m_group->addItem(group);
    }
    m_group->lineEdit()->setPlaceholderText(tr("None: at the top"));
    auto *form = new QFormLayout;
    form->addRow(tr("Into group"), m_group);
    return form;
}

QLayout *ImportSheet::createButtons()
{
    auto *row = new QHBoxLayout;
    const auto add = [this, row](const QString &text, const QString &objectName, auto slot) {
        auto *button = new QPushButton(text, this);
        button->setObjectName(objectName);
        connect(button, &QPushButton::clicked, this, slot);
        row->addWidget(button);
        return button;
    };
    add(tr("Tick all"), QStringLiteral("importAll"), [this] { m_model->chooseAll(); });
    add(tr("Tick none"), QStringLiteral("importNone"), [this] { m_model->chooseNone(); });
    row->addStretch();
    m_import = add(tr("Import"), QStringLiteral("importAccept"), [this] { submit(); });
    setDefaultButton(m_import);
    add(tr("Cancel"), QStringLiteral("importCancel"), [this] { cancel(); });
    return row;
}

void ImportSheet::addUsualPlaces()
{
    for (const ImportFormat format : profiles::allImportFormats) {
        const QString path = profiles::usualPlace(format);
        if (!path.isEmpty()) {
            m_places->addItem(tr("%1: %2").arg(importFormatText(format), shortPath(path)),
                              static_cast<int>(format));
            m_places->setItemData(m_places->count() - 1, path, pathRole);
        }
    }
    m_places->setPlaceholderText(tr("Choose a file of another program"));
    m_formats->setCurrentIndex(m_formats->findData(m_places->currentData()));
}

void ImportSheet::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Import sessions from"));
    dialog->setObjectName(QStringLiteral("importDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters(
        {tr("Sessions (*.reg *.xml *.ini *.csv *.tsv *.json *.conf config)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &ImportSheet::openFile);
    dialog->open();
}

void ImportSheet::openFile(const QString &path)
{
    m_places->addItem(shortPath(path), static_cast<int>(profiles::guessedFormat(path)));
    m_places->setItemData(m_places->count() - 1, path, pathRole);
    m_places->setCurrentIndex(m_places->count() - 1);
}

void ImportSheet::readPlace()
{
    const int number = ++m_reads;
    const QString path = m_places->currentData(pathRole).toString();
    m_formats->setEnabled(!path.isEmpty());
    m_problem->hide();
    m_model->setSessions({});
    if (path.isEmpty()) {
        m_summary->setText(tr("No sessions of other programs were found in their usual places."));
        return;
    }
    m_summary->setText(tr("Reading…"));
    const auto format = static_cast<ImportFormat>(m_formats->currentData().toInt());
    inBackground([format, path] {
        return profiles::importSessions(format, path);
    }).then(this, [this, number](const Read &read) { handleRead(number, read); });
}

void ImportSheet::handleRead(
    int number, const base::Result<profiles::ImportedSessions, profiles::ImportProblem> &read)
{
    if (number != m_reads) {
        return;
    }
    if (!read) {
        m_problem->setText(importProblemText(read.error()));
        m_problem->show();
        m_summary->setText({});
        return;
    }
    profiles::ImportedSessions sessions = *read;
    profiles::markKnown(sessions, m_store);
    m_model->setSessions(sessions);
}

void ImportSheet::updateSummary()
{
    const int count = static_cast<int>(m_model->chosen().size());
    m_import->setEnabled(count > 0);
    m_import->setText(count == 0       ? tr("Import")
                          : count == 1 ? tr("Import one session")
                                       : tr("Import %n sessions", nullptr, count));
    QStringList sentences{tr("Ticked: %1 of %2.").arg(count).arg(m_model->rowCount())};
    if (const int known = m_model->knownCount(); known > 0) {
        sentences.append(tr("There already: %1.").arg(known));
    }
    if (const int impossible = m_model->impossibleCount(); impossible > 0) {
        sentences.append(tr("Cannot be imported: %1.").arg(impossible));
    }
    if (m_model->sessions().isCut) {
        sentences.append(tr("The file holds more that was not read."));
    }
    const auto format = static_cast<ImportFormat>(m_formats->currentData().toInt());
    if (format == ImportFormat::OpenSsh) {
        sentences.append(tr("Only Host blocks count: Match blocks may run programs."));
    }
    sentences.append(tr("Passwords are never taken over."));
    m_summary->setText(sentences.join(u' '));
}

void ImportSheet::submit()
{
    const auto content
        = profiles::storedSessions(m_model->sessions(), m_model->chosen(),
                                   profiles::normalizedGroup(m_group->currentText()), m_store);
    if (const auto saved = m_store.add(content); !saved) {
        m_problem->setText(sessionsNotSaved(saved.error()).toSentence());
        m_problem->show();
        return;
    }
    emit imported(content);
    finish();
}

bool ImportSheet::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space) {
        m_model->toggle(m_table->selectionModel()->selectedRows());
        return true;
    }
    return Sheet::eventFilter(watched, event);
}

} // namespace ui
