// SyncForm: which two directories are synchronized, how they are compared and by which rules.

#pragma once

#include "files/FilePath.h"
#include "synchronize/SyncPlan.h"
#include "synchronize/TreeComparison.h"
#include "ui/synchronize/SyncEnd.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QHBoxLayout;
class QLineEdit;
class QSpinBox;

namespace ui {

class SyncForm final : public QWidget
{
    Q_OBJECT

public:
    explicit SyncForm(const SyncEnds &ends, QWidget *parent = nullptr);

    void setDirectories(const files::FilePath &left, const files::FilePath &right);
    files::FilePath left() const; // as typed; empty: none
    files::FilePath right() const;

    synchronize::ComparisonOptions comparison() const;
    synchronize::SyncRules rules() const;

signals:
    void comparisonChanged(); // what was compared before is another matter
    void rulesChanged();
    void submitted(); // Enter in a field

private:
    QLineEdit *createField(const char *name, const QString &label);
    QCheckBox *createCheck(const char *name, const QString &text, const QString &hint);
    void addDirectories(QGridLayout &grid, const SyncEnds &ends);
    QComboBox *createDirections(const SyncEnds &ends);
    QHBoxLayout *createRules(const SyncEnds &ends);
    QHBoxLayout *createComparison();
    void updateEnabled();
    // A directory that is not text stays what it is until its field is edited.
    files::FilePath typed(const QLineEdit &field, const files::FilePath &given) const;

    files::FilePath m_givenLeft;
    files::FilePath m_givenRight;
    QLineEdit *m_left = nullptr;
    QLineEdit *m_right = nullptr;
    QComboBox *m_direction = nullptr;
    QCheckBox *m_deletes = nullptr;
    QCheckBox *m_newer = nullptr;
    QComboBox *m_criterion = nullptr;
    QSpinBox *m_tolerance = nullptr;
    QLineEdit *m_include = nullptr;
    QLineEdit *m_exclude = nullptr;
    QCheckBox *m_hidden = nullptr;
};

} // namespace ui
